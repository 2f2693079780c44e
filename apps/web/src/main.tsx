import './no-code-from-text.js';
import { render } from 'preact';
import { App } from './app.js';
import './style.css';
import { startTheme } from './theme/theme.js';

startTheme();
const root = document.getElementById('app');
if (root !== null) {
  root.replaceChildren();
  render(<App />, root);
}
