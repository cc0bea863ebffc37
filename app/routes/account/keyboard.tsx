import { findViewer } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/keyboard.ts'

export const meta = () => pageTitle(m.ui_keys_title())

export function loader({ context }: Route.LoaderArgs) {
  return { on: findViewer(context)?.shortcuts === true }
}

/** What the keys do; the script only knows those of this list. */
export default function Keyboard({ loaderData }: Route.ComponentProps) {
  return (
    <>
      <PageHead title={m.ui_keys_title()}>{m.ui_keys_lead()}</PageHead>
      {!loaderData.on && (
        <Note tone="info">
          <p>
            {m.ui_keys_off()} <a href="/settings">{m.ui_nav_settings()}</a>
          </p>
        </Note>
      )}
      <div className="gap">
        <DataTable rows={keys} rowKey={({ key }) => key} columns={columns()} />
      </div>
    </>
  )
}

function columns(): Column<(typeof keys)[number]>[] {
  return [
    { key: 'key', head: m.ui_keys_key(), kind: 'row', cell: ({ key }) => <kbd>{key}</kbd> },
    { key: 'does', head: m.ui_keys_does(), cell: ({ does }) => does() },
  ]
}

const keys = [
  { key: '/', does: () => m.ui_keys_search() },
  { key: 'g h', does: () => m.ui_keys_home() },
  { key: 'g n', does: () => m.ui_keys_notices() },
  { key: 'g c', does: () => m.ui_keys_catalogues() },
  { key: 'g e', does: () => m.evidence_key() },
  { key: 'g v', does: () => m.ui_keys_vendors() },
  { key: 'j  k', does: () => m.ui_keys_walk() },
  { key: 'x', does: () => m.ui_keys_choose() },
  { key: 'Enter', does: () => m.ui_keys_open() },
  { key: 'f', does: () => m.ui_keys_filter() },
  { key: 'n', does: () => m.ui_keys_file() },
  { key: '?', does: () => m.ui_keys_list() },
  { key: 'Esc', does: () => m.ui_keys_close() },
] as const
