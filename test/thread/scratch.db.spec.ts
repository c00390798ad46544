import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { NewYear } from '../../src/planning/new-year.service.ts';
import { Sample } from '../../src/start/sample.service.ts';
import { YearFactsReader } from '../../src/planning/year-facts.service.ts';
import { yearInstance } from '../../src/planning/year-instance.ts';
import { MeetingQueries } from '../../src/meetings/meetings.queries.ts';
import { startApp, type StartedApp } from '../support/app.ts';
import { writeFileSync } from 'node:fs';

let app: StartedApp;
beforeAll(async () => { app = await startApp(); });
afterAll(async () => { await app?.stop(); });

test('thread', async () => {
  let t = Date.now();
  await app.get(Sample).load();
  console.log('sample', Date.now() - t); t = Date.now();
  const id = await app.get(NewYear).create({ programme: 'wpi', fiscalYear: 2027 }, { kind: 'command', name: 'x' });
  console.log('year', Date.now() - t); t = Date.now();
  const facts = await app.get(YearFactsReader).ofCycle(id);
  console.log('facts', Date.now() - t); t = Date.now();
  const { instance, notes, unanswered } = yearInstance(facts);
  console.log('instance', Date.now() - t, notes, unanswered.length);
  writeFileSync('/tmp/gen/instance.json', JSON.stringify(instance));
  const ms = await app.get(MeetingQueries).ofCycle(id);
  console.log(ms.map((m) => m.key).join(' '));
  console.log(JSON.stringify(instance.meetings[0], null, 1).slice(0, 3000));
  console.log(JSON.stringify(instance.loads).slice(0, 600), JSON.stringify(instance.limits).slice(0,600));
  console.log(instance.panels.map(p=>p.id+':'+p.candidates.length+':'+p.needs).join(' '));
  console.log(instance.assignments.map(p=>p.id+':'+p.candidates.length).join(' '));
  expect(instance.meetings.length).toBeGreaterThan(0);
});
