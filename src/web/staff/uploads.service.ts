import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { BadRequestException, Injectable, PayloadTooLargeException, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { NamedFile } from '../../roster/csv-text.ts';

const [deflated, inflated] = [promisify(deflateRaw), promisify(inflateRaw)];

/** Of all files of a form together, in bytes: what the house takes as a body */
const MOST_BYTES = 5_000_000;
const MOST_FILES = 10;

/**
 * Files that come with a form. Node's own `Response` reads multipart bodies (RFC 7578), so that nothing needs to be installed for it.
 * Nothing is kept between a preview and its confirmation: the preview carries the files, packed, in a field of its form.
 */
@Injectable()
export class Uploads implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  /** The body of a multipart form is handed on as bytes; Fastify itself refuses more than the limit with 413. */
  onModuleInit(): void {
    // a command opens the same house without a server
    const server = this.host.httpAdapter?.getInstance<FastifyInstance | undefined>();
    if (!server?.addContentTypeParser || server.hasContentTypeParser('multipart/form-data')) return;
    const options = { parseAs: 'buffer' as const, bodyLimit: MOST_BYTES + 20_000 };
    server.addContentTypeParser('multipart/form-data', options, (_request, body, done) => done(null, body));
  }

  /**
   * The files of a field, those without a name left out: a field in which nothing was chosen sends one of those.
   * @throws BadRequestException where it is no multipart form, PayloadTooLargeException where there are too many files
   */
  async filesIn(request: FastifyRequest, field: string): Promise<NamedFile[]> {
    const form = await formIn(request);
    const files = form.getAll(field).filter((value) => typeof value !== 'string' && value.name !== '') as File[];
    if (files.length > MOST_FILES || files.reduce((sum, file) => sum + file.size, 0) > MOST_BYTES)
      throw new PayloadTooLargeException();
    const read: NamedFile[] = [];
    for (const file of files) read.push({ name: file.name.slice(0, 200), bytes: new Uint8Array(await file.arrayBuffer()) });
    return read;
  }

  /** Files as the text of a hidden field */
  async pack(files: readonly NamedFile[]): Promise<string> {
    const head = JSON.stringify(files.map(({ name, bytes }) => [name, bytes.length]));
    const whole = Buffer.concat([Buffer.from(`${head}\n`), ...files.map(({ bytes }) => bytes)]);
    return (await deflated(whole)).toString('base64url');
  }

  /** @throws BadRequestException where it was not packed here */
  async unpack(packed: unknown): Promise<NamedFile[]> {
    try {
      if (typeof packed !== 'string' || packed === '') throw new TypeError('nothing packed');
      const whole = await inflated(Buffer.from(packed, 'base64url'), { maxOutputLength: MOST_BYTES + 20_000 });
      const end = whole.indexOf('\n');
      const head = JSON.parse(whole.subarray(0, end).toString('utf8')) as [string, number][];
      let at = end + 1;
      return head.slice(0, MOST_FILES).map(([name, length]) => ({
        name: String(name),
        bytes: new Uint8Array(whole.subarray(at, (at += Number(length)))),
      }));
    } catch (error) {
      throw new BadRequestException('not packed here', { cause: error });
    }
  }
}

async function formIn({ headers, body }: FastifyRequest): Promise<FormData> {
  const type = headers['content-type'] ?? '';
  if (!Buffer.isBuffer(body) || !type.startsWith('multipart/form-data')) throw new BadRequestException('not a file form');
  try {
    return await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  } catch (error) {
    throw new BadRequestException('not readable as a form', { cause: error });
  }
}
