// Who may import whom: routes -> nouns -> platform, and among nouns from right to left only (docs/architecture.md).
const nouns = 'accounts|ledger|mail|vendors|catalogues|evidence|notices|associations|registry|webhooks|operator'
const noun = `^app/(${nouns})/`
const pureFile = { path: `^app/(${nouns})/`, pathNot: '\\.server\\.ts$|\\.tsx$|\\.test\\.tsx?$' }
const purePackages = 'node_modules/(zod|temporal-polyfill|tldts|structured-headers|postal-mime|@conform-to/zod)/'
const tests = '\\.test\\.tsx?$'

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'rules-are-pure',
      comment: 'x.ts thinks: it imports only other rules, compiled messages and a few pure packages.',
      severity: 'error',
      from: pureFile,
      to: {
        pathNot: [
          noun,
          '^app/generated/messages/',
          '^app/ui/[a-z-]+\\.ts$',
          '^app/platform/(?:id|normal-text)\\.ts$',
          purePackages,
        ],
      },
    },
    {
      name: 'rules-do-not-act',
      severity: 'error',
      from: pureFile,
      to: { path: '\\.server\\.ts$|\\.tsx$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'shows-do-not-act',
      severity: 'error',
      from: { path: '^app/(?!routes/|root|entry).*\\.tsx$|^emails/', pathNot: tests },
      to: { path: '\\.server\\.ts$|^app/platform/', dependencyTypesNot: ['type-only'] },
    },
    { name: 'routes-are-leaves', severity: 'error', from: { pathNot: '^app/routes' }, to: { path: '^app/routes/' } },
    { name: 'ui-knows-no-noun', severity: 'error', from: { path: '^app/ui/' }, to: { path: noun } },
    {
      name: 'platform-knows-no-noun',
      severity: 'error',
      from: { path: '^app/platform/', pathNot: tests },
      to: { path: `${noun}|^app/(routes|ui)/|^emails/` },
    },
    {
      name: 'accounts-and-ledger-come-first',
      severity: 'error',
      from: { path: '^app/(accounts|ledger)/', pathNot: tests },
      to: { path: '^app/(mail|vendors|catalogues|evidence|notices|associations|registry|webhooks)/' },
    },
    {
      name: 'nouns-before-notices',
      severity: 'error',
      from: { path: '^app/(mail|vendors|catalogues|evidence)/', pathNot: tests },
      to: { path: '^app/(notices|associations|registry|webhooks|operator)/' },
    },
    {
      name: 'notices-before-what-stands-on-them',
      severity: 'error',
      from: { path: '^app/notices/', pathNot: tests },
      to: { path: '^app/(associations|registry|webhooks)/' },
    },
    {
      name: 'only-compose-knows-the-mails',
      severity: 'error',
      from: { pathNot: '^app/mail/|^app/worker|^emails/|\\.test\\.tsx?$' },
      to: { path: '^emails/mails\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-platform-touches-the-world',
      severity: 'error',
      from: {
        pathNot: `^app/platform/|^app/commands/backup|^app/mail/compose|^prisma/|^app/mail-server\\.ts$|^test/|${tests}`,
      },
      to: {
        path: 'node_modules/(nodemailer|better-auth|@prisma|pg|rate-limiter-flexible)/',
        dependencyTypesNot: ['type-only'],
      },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules|app/generated' },
    exclude: { path: '\\.react-router|\\+types' },
    parser: 'swc',
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
