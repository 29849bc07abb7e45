import { openDeps } from './deps.ts';
import { speaker } from './admin/text.ts';
const d = openDeps('server' as any); const fr=speaker('fr');
const all = await d.db.auditEvent.findMany();
const s=new Map(), k=new Map();
for (const e of all){ const p=e.subject.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/,'UUID').replace(/\d+/g,'9'); if(/UUID|\//.test(p)) s.set(p+' '+e.action,(s.get(p+' '+e.action)??0)+1); for(const [n,v] of Object.entries((e.data??{}) as object)) if(!fr.has('trail.data.'+n)|| /[0-9a-f]{8}-/.test(String(v))) k.set(n,`${e.action} ${JSON.stringify(v).slice(0,80)}`);}
console.log(s,k); await d.close(); process.exit(0);
