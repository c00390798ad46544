import { Module } from '@nestjs/common';
import { Centres } from './centres.service.ts';
import { Conflicts } from './conflicts.service.ts';
import { Institutions } from './institutions.service.ts';
import { Offices } from './offices.service.ts';
import { People } from './people.service.ts';
import { Posts } from './posts.service.ts';
import { RosterImport } from './roster-import.service.ts';
import { RosterQueries } from './roster.queries.ts';
import { RosterStore } from './roster-store.service.ts';
import { RosterWriter } from './roster-writer.service.ts';

const doors = [RosterQueries, RosterImport, People, Posts, Centres, Institutions, Offices, Conflicts];

@Module({ providers: [RosterStore, RosterWriter, ...doors], exports: doors })
export class RosterModule {}
