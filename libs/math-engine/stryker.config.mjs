import { mutationOf } from '../../stryker.config.mjs';

export default mutationOf('math-engine', ['pricing/**/*.ts']);
