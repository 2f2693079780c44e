const { existsSync, readdirSync } = require('node:fs');
const path = require('node:path');

const folders = ['libs', 'apps'].flatMap((kind) =>
  readdirSync(path.join(__dirname, kind)).map((name) => path.join(__dirname, kind, name)),
);

/** All projects in one Jest run; `nx test <project>` runs one of them alone. */
module.exports = {
  randomize: true,
  projects: folders
    .filter((folder) => existsSync(path.join(folder, 'jest.config.cjs')))
    .map((folder) => {
      // Jest takes these at the top only.
      const { randomize, coverageReporters, ...project } = require(path.join(folder, 'jest.config.cjs'));
      return { ...project, rootDir: folder };
    }),
};
