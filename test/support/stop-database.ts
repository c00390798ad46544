import { rm } from 'node:fs/promises';

export default async function stopDatabase(): Promise<void> {
  const running = globalThis.testServer;
  globalThis.testServer = undefined;
  if (!running) return;
  const { server, folder } = await running;
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
