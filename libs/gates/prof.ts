import { readFileSync, readdirSync } from 'node:fs';
import { compileGates, createSignalSource } from '@sos/gates';
import { playSession } from './src/fixtures/play-session.js';
import { readRecordedIndex } from './src/fixtures/recorded-index.js';
import { syntheticChain } from './src/fixtures/synthetic-chain.js';
const files=readdirSync('strategies').filter(f=>f.endsWith('.json')).map(f=>({path:f,text:readFileSync(`strategies/${f}`,'utf8')}));
const {gates}=compileGates(files);
const withChain=process.argv[2]==='chain';
const sessions=readRecordedIndex('/work/shared/data', 6).map(({date,bars})=>({date,bars,previousClose:NaN,chain:withChain?syntheticChain(bars,{date,script:[0,60,120,180,240,300].map((from,i)=>({from,trend:i%2?'bearish':'bullish',pcr:i%2?0.9:1.1} as const)),every:3,reach:15}):null,volume:Float64Array.from({length:bars.length},(_, i)=>1000+((i*7919)%4000))}));
const sink={advanced(){},reset(){},vetoed(){},signal(){}};
const n=sessions.reduce((s,x)=>s+x.bars.length,0);
for(let k=0;k<30;k++){ const src=createSignalSource(gates); const t=process.cpuUsage().user; for(const s of sessions) playSession(src,s,sink); const d=(process.cpuUsage().user-t)/1000; if(k%6===5) console.log(Math.round(d*1e6/n),'ns/bar'); }
