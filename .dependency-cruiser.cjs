// The lines of docs/architecture.md: who may import whom. Types count only where a rule says so.
const ours = '^(activities|admin|bank|billing|database|documents|links|local|mail|steps|templates|web|workflows)/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'domain-imports-nothing-of-ours', severity: 'error', from: { path: '^domain/' }, to: { path: ours } },
    {
      name: 'domain-stays-pure', severity: 'error', from: { path: '^domain/' }, to: { path: 'node_modules', pathNot: 'node_modules/luxon' },
    },
    {
      name: 'workflows-import-domain-and-types', severity: 'error', from: { path: '^workflows/' },
      to: { path: '^(activities|admin|bank|billing|database|documents|links|local|mail|steps|templates|web)/', dependencyTypesNot: ['type-only'] },
    },
    { name: 'workflows-no-node', severity: 'error', from: { path: '^workflows/' }, to: { dependencyTypes: ['core'] } },
    { name: 'activities-never-pages', severity: 'error', from: { path: '^(activities|bank|database|steps|mail|documents|links|billing)/' }, to: { path: '^(web|admin|local)/' } },
    {
      name: 'pages-never-write-lifecycle', severity: 'error', from: { path: '^(web|admin)/' },
      to: { path: '^(workflows/|database/(move-project|ledger|numbers|once)|activities/(?!mail|deps))', dependencyTypesNot: ['type-only'] },
    },
    { name: 'nothing-imports-tests', severity: 'error', from: { pathNot: '^(test|bench)/' }, to: { path: '^test/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(node_modules|dist|\\.data|admin/components|web/public)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
