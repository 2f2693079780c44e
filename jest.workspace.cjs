const { readdirSync, existsSync } = require('node:fs');
const path = require('node:path');

/** All projects in one Jest run; `nx test <project>` runs one of them alone. */
const projects = ['libs', 'apps'].flatMap((folder) =>
  readdirSync(path.join(__dirname, folder))
    .map((name) => path.join(__dirname, folder, name))
    .filter((folderPath) => existsSync(path.join(folderPath, 'jest.config.cjs'))),
);

module.exports = { projects };
