/** The look of a tear sheet: follows the reader's light or dark setting, and is made for paper as well. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--soft:#667;--line:#d5d9e0;--gain:#0a7a4b;--loss:#b3261e;--cost:#b26a00;--warn:#fff3cd;--warn-ink:#6b4a00}
@media (prefers-color-scheme:dark){:root{--ink:#e4e7eb;--paper:#11151a;--soft:#9aa4b2;--line:#303844;--gain:#4cc38a;--loss:#ff7b72;--cost:#e3a008;--warn:#4a3800;--warn-ink:#ffe08a}}
body{margin:0 auto;padding:1rem;max-width:78rem;background:var(--paper);color:var(--ink);font:15px/1.45 system-ui,sans-serif}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin:2rem 0 .5rem;border-bottom:1px solid var(--line)}
h2 small,h1 small{color:var(--warn-ink);background:var(--warn);padding:0 .4em;border-radius:3px;font-size:.75em}
.label{position:sticky;top:0;z-index:1;margin:0 0 1rem;padding:.6rem 1rem;background:var(--warn);color:var(--warn-ink);font-weight:700;border:2px solid}
.headline{font-size:1.15rem}.note,.none,figcaption,caption{color:var(--soft)}
dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(11rem,1fr));gap:.6rem;margin:1rem 0}
dl div{border:1px solid var(--line);border-radius:4px;padding:.4rem .6rem}dt{color:var(--soft);font-size:.85em}dd{margin:0;font-weight:600;font-variant-numeric:tabular-nums}
.scroll{overflow-x:auto;margin:.8rem 0}table{border-collapse:collapse;width:100%;font-size:.87em;font-variant-numeric:tabular-nums}
caption{text-align:left;padding:.2rem 0}th,td{padding:.15rem .5rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}th{font-weight:600}.n{text-align:right;white-space:nowrap}
tr:target{background:var(--warn);color:var(--warn-ink)}a{color:inherit}
.gain{color:var(--gain)}.loss{color:var(--loss)}
figure{margin:1rem 0;break-inside:avoid}svg{display:block;width:100%;height:auto;max-width:60rem}svg text{fill:var(--soft);font-size:11px}
.grid{stroke:var(--line)}.zero{stroke:var(--soft)}polyline{fill:none;stroke-width:1.6}.equity{stroke:var(--gain)}.fall{stroke:var(--loss)}
.gain-bar{stroke:var(--gain)}.loss-bar{stroke:var(--loss)}.gain-fill{fill:var(--gain)}.loss-fill{fill:var(--loss)}.cost-fill{fill:var(--cost)}
.gain-dot{fill:var(--gain);fill-opacity:.7}.loss-dot{fill:var(--loss);fill-opacity:.7}
.gain-dots,.loss-dots{fill:none;stroke-width:5;stroke-linecap:round;stroke-opacity:.5}.gain-dots{stroke:var(--gain)}.loss-dots{stroke:var(--loss)}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(30rem,100%),1fr));gap:0 1.5rem}
code{overflow-wrap:anywhere}
@page{size:A4 landscape;margin:10mm}
@media print{:root{--ink:#000;--paper:#fff;--soft:#444;--line:#bbb;--gain:#0a7a4b;--loss:#b3261e;--cost:#b26a00;--warn:#fff;--warn-ink:#000}
body{font-size:9px;padding:0;max-width:none}th,td{padding:.1rem .25rem;white-space:normal;overflow-wrap:anywhere}svg{max-width:40rem}.label{position:fixed;left:0;right:0;opacity:.9;padding:.1rem .5rem}main{padding-top:2.2rem}.scroll{overflow:visible}thead{display:table-header-group}tr{break-inside:avoid}h2{break-after:avoid}}
`;
