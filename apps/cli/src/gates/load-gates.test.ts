import path from 'node:path';
import type { CommandContext } from '../commands/command-context.js';
import { gateObject, writeGates } from '../fixtures/gate-files.js';
import { tempFolder } from '../fixtures/temp-folder.js';
import { loadGates, type GateChoice } from './load-gates.js';

describe('the gates of a run', () => {
  const folder = tempFolder();
  async function idsOf(choice: GateChoice): Promise<string[]> {
    const strategiesDir = writeGates(path.join(folder(), 'strategies'), { rising: gateObject('RISING') });
    writeGates(path.join(strategiesDir, 'extras'), { falling: gateObject('FALLING') });
    const context = { settings: { strategiesDir }, io: { cwd: folder() } } as CommandContext;
    const { compiled, files } = await loadGates(context, choice);
    expect(files).toHaveLength(compiled.gates.length);
    return compiled.gates.map((g) => g.profile.id).sort();
  }

  it('are the shipped ones unless the extras are asked for', async () => {
    expect(await idsOf({})).toEqual(['RISING']);
    expect(await idsOf({ extras: true })).toEqual(['FALLING', 'RISING']);
  });

  it('are the named ones, extras among them', async () => {
    expect(await idsOf({ ids: 'FALLING' })).toEqual(['FALLING']);
    await expect(idsOf({ ids: 'FALING' })).rejects.toThrow(
      'expected the id of a gate, found "FALING" (did you mean FALLING?)',
    );
    await expect(idsOf({ ids: ' , ' })).rejects.toThrow('expected gate ids after --gates, found none');
  });
});
