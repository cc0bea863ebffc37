import { index, layout, route, type RouteConfig } from '@react-router/dev/routes'

// Every URL of the portal, grouped by audience. Files lie in app/routes/<audience>/.
export default [
  // Everybody: no rail
  layout('./routes/plain.tsx', [
    index('./routes/public/landing.tsx'),
    route('verify', './routes/public/verify.tsx'),
    route('dev/mailbox', './routes/dev/mailbox.tsx'),
    route('dev/mailbox/:name', './routes/dev/mailbox-mail.tsx'),
    route('n/:token', './routes/public/link.tsx'),
    route('n/:token/letter', './routes/public/link-letter.tsx'),
    route('sign-in', './routes/account/sign-in.tsx'),
    route('sign-up', './routes/account/sign-up.tsx'),
    route('sign-out', './routes/account/sign-out.tsx'),
    route('forgot-password', './routes/account/forgot-password.tsx'),
    route('reset-password', './routes/account/reset-password.tsx'),
    route('confirm-address', './routes/account/confirm-address.tsx'),
    route('invitations/:token', './routes/account/invitation.tsx'),
    route('welcome', './routes/account/welcome.tsx'),
    route('*', './routes/not-found.tsx'),
  ]),
  route('dev/mailbox/:name/html', './routes/dev/mailbox-html.ts'),
  route('language', './routes/account/language.ts'),
  route('organisation', './routes/account/organisation.ts'),

  // Signed in and acting for an organisation: bar and rail
  layout('./routes/frame.tsx', [
    route('home', './routes/holder/home.tsx'),
    route('notices', './routes/notices/list.tsx'),
    route('notices/:reference', './routes/notices/notice.tsx'),
    route('notices/:reference/letter', './routes/notices/letter.tsx'),
    route('notices/new', './routes/holder/filing/start.tsx'),
    route('filings', './routes/holder/filing/drafts.tsx'),
    route('filings/:reference', './routes/holder/filing/filing.tsx'),
    route('filings/:draftId/kind', './routes/holder/filing/kind.tsx'),
    route('filings/:draftId/vendors', './routes/holder/filing/vendors.tsx'),
    route('filings/:draftId/scope', './routes/holder/filing/scope.tsx'),
    route('filings/:draftId/works', './routes/holder/filing/works.tsx'),
    route('filings/:draftId/basis', './routes/holder/filing/basis.tsx'),
    route('filings/:draftId/check', './routes/holder/filing/check.tsx'),
    route('filings/:draftId/discard', './routes/holder/filing/discard.tsx'),
    route('catalogues', './routes/holder/catalogues/list.tsx'),
    route('catalogues/new', './routes/holder/catalogues/new.tsx'),
    route('catalogues/:id', './routes/holder/catalogues/catalogue.tsx'),
    route('catalogues/:id/works/new', './routes/holder/catalogues/work-new.tsx'),
    route('catalogues/:id/works/:workId', './routes/holder/catalogues/work.tsx'),
    route('catalogues/:id/works/:workId/edit', './routes/holder/catalogues/work-edit.tsx'),
    route('catalogues/:id/import', './routes/holder/catalogues/import-new.tsx'),
    route('catalogues/:id/import/:importId', './routes/holder/catalogues/import.tsx'),
    route('keyboard', './routes/account/keyboard.tsx'),
    route('team', './routes/account/team.tsx'),
    route('team/:personId/remove', './routes/account/remove-member.tsx'),
    route('settings', './routes/account/settings.tsx'),
    route('settings/sign-in', './routes/account/settings-sign-in.tsx'),
    route('settings/organisation', './routes/account/settings-organisation.tsx'),
    route('settings/sending', './routes/account/settings-sending.tsx'),
    route('inbox', './routes/vendor/inbox.tsx'),
    route('notices/:reference/answer', './routes/vendor/answer.tsx'),
    route('notices/:reference/decide', './routes/vendor/decide.tsx'),
    route('notices/:reference/withdraw', './routes/holder/withdraw.tsx'),
    route('vendors', './routes/holder/vendors.tsx'),
    route('vendors/:slug', './routes/holder/vendor.tsx'),
    route('operator/organisations', './routes/operator/organisations.tsx'),
    route('operator/organisations/:slug', './routes/operator/organisation.tsx'),
    route('operator/directory', './routes/operator/directory.tsx'),
    route('operator/directory/:slug', './routes/operator/directory-entry.tsx'),
    route('operator/directory/:slug/contacts/:contactId', './routes/operator/directory-contact.tsx'),
    route('operator/mail', './routes/operator/mail.tsx'),
    route('operator/jobs', './routes/operator/jobs.tsx'),
  ]),

  // Files about a notice
  route('n/:token/works.csv', './routes/public/link-works.ts'),
  route('notices/:reference/matrix.csv', './routes/notices/matrix-csv.ts'),
  route('notices/:reference/annex.csv', './routes/notices/annex-csv.ts'),
  route('mails/:id.eml', './routes/notices/mail-eml.ts'),
  route('mails/:id/retry', './routes/notices/mail-retry.ts'),

  // Files and numbers of an import
  route('catalogues/:id/import/:importId/progress', './routes/holder/catalogues/import-state.ts'),
  route('catalogues/:id/import/:importId/rejected.csv', './routes/holder/catalogues/import-rejected.ts'),
  route('catalogues/:id/import/:importId/remarks.csv', './routes/holder/catalogues/import-remarks.ts'),

  // The floor that benches compare with: 404 elsewhere
  layout('./routes/frame.tsx', { id: 'bench-frame' }, [route('dev/floor', './routes/dev/floor.tsx')]),

  // Machines that watch over the portal
  route('healthz', './routes/public/healthz.ts'),
  route('readyz', './routes/public/readyz.ts'),
  route('metrics', './routes/public/metrics.ts'),
] satisfies RouteConfig
