import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { BadRequestException, Injectable, PayloadTooLargeException, UseInterceptors } from '@nestjs/common';
import { FilesInterceptor, type UploadedMultipartFile } from '@nestjs/platform-fastify/multipart';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { text } from '../../kernel/text.ts';
import type { NamedFile } from '../../roster/csv-text.ts';

const [deflated, inflated] = [promisify(deflateRaw), promisify(inflateRaw)];

const MOST_BYTES = 5_000_000;
const MOST_FILES = 10;

/**
 * A file that is too large is refused with 413 while it is read; that there are
 * more than ten is said below, with 413 as well, where the interceptor would say 400.
 */
const uploadLimits = { limits: { fileSize: MOST_BYTES, files: 5 * MOST_FILES, fields: 20 } };

/** Of the handler of a form with files; they come with `@UploadedFiles()` */
export const TakesFiles = (): MethodDecorator => UseInterceptors(FilesInterceptor('files', undefined, uploadLimits));

/** For the form that came back because nothing was chosen in it */
export const noFileChosen = { fault: text('CSVファイルを選んでください。', 'Choose a CSV file.'), status: 422 };

/** The figures in `?done=3.40.2`, as an import leaves them in the address of the page that says what it did; undefined where they are not three */
export function figuresIn(done: unknown): readonly [string, string, string] | undefined {
  const match = typeof done === 'string' ? /^(\d{1,7})\.(\d{1,7})\.(\d{1,7})$/.exec(done) : null;
  return match ? [match[1]!, match[2]!, match[3]!] : undefined;
}

/** A list as a file to keep */
export async function sendCsv(reply: FastifyReply, { name, bytes }: NamedFile): Promise<void> {
  void reply
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('cache-control', 'no-store')
    .type('text/csv; charset=utf-8');
  await reply.send(Buffer.from(bytes));
}

/** Names and lengths of packed files */
const Head = z.array(z.tuple([z.string().max(200), z.int().min(0)])).max(MOST_FILES);

/**
 * Files that come with a form. Nothing is kept between a preview and its confirmation: the preview carries the files, packed, in a field
 * of its form.
 */
@Injectable()
export class Uploads {
  /**
   * Files by name and bytes; a field in which nothing was chosen sends one without a name.
   * @throws PayloadTooLargeException where they are too much together
   */
  named(files: readonly UploadedMultipartFile[] | undefined): NamedFile[] {
    const given = (files ?? []).filter((file) => file.originalname && file.buffer);
    if (given.length > MOST_FILES || given.reduce((sum, file) => sum + file.size, 0) > MOST_BYTES)
      throw new PayloadTooLargeException();
    return given.map((file) => ({ name: file.originalname.slice(0, 200), bytes: new Uint8Array(file.buffer!) }));
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
      const head = Head.parse(JSON.parse(whole.subarray(0, end).toString('utf8')));
      let at = end + 1;
      return head.map(([name, length]) => ({
        name,
        bytes: new Uint8Array(whole.subarray(at, (at += length))),
      }));
    } catch (error) {
      throw new BadRequestException('not packed here', { cause: error });
    }
  }
}
