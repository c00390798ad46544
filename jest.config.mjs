const swc = [
  '@swc/jest',
  {
    swcrc: false,
    sourceMaps: 'inline',
    module: { type: 'es6' },
    jsc: {
      target: 'es2024',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      keepClassNames: true,
    },
  },
];
const base = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': swc },
  rootDir: import.meta.dirname,
};
const withDatabase = {
  globalSetup: '<rootDir>/test/support/start-database.ts',
  globalTeardown: '<rootDir>/test/support/stop-database.ts',
};

export default {
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.spec.ts'],
      testPathIgnorePatterns: ['\\.db\\.spec\\.ts$', '<rootDir>/test/journeys/'],
    },
    { ...base, ...withDatabase, displayName: 'database', testMatch: ['<rootDir>/test/**/*.db.spec.ts'] },
    { ...base, ...withDatabase, displayName: 'journeys', testMatch: ['<rootDir>/test/journeys/*.spec.ts'] },
  ],
  testTimeout: 60_000,
  workerIdleMemoryLimit: '800MB',
  // many of the tests wait (for a mail, a job, a process): on two cores a third worker fills their time
  maxWorkers: 3,
};
