import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { CheckField } from '#app/ui/choices.tsx'
import { Details } from '#app/ui/details.tsx'
import { InputField } from '#app/ui/fields.tsx'
import type { SavedView } from './find-views.server.ts'
import { longestViewName } from './saved-view.ts'
import { tableSearch, type TableQuery } from './table-query.ts'

interface SavedViewsProps {
  readonly base: string
  readonly query: TableQuery
  readonly views: readonly SavedView[]
  /** Those who act for the organisation share views with it. */
  readonly mayShare: boolean
  /** What was typed and why it was not saved. */
  readonly fault: { readonly name: string; readonly text: string } | null
}

/** The views that were saved, as links, and the form that saves what is shown now. */
export function SavedViews({ base, query, views, mayShare, fault }: SavedViewsProps) {
  const opened = views.find(({ id }) => id === query.view)
  return (
    <div className="stack tight">
      {views.length > 0 && (
        <nav aria-label={m.bulk_views()}>
          <ul className="bs">
            {views.map(({ id, name, query: search, shared }) => (
              <li key={id}>
                <a
                  className="b bare"
                  href={`${base}?${search === '' ? '' : `${search}&`}view=${id}`}
                  aria-current={id === query.view ? 'page' : undefined}
                >
                  {shared ? m.bulk_view_shared({ name }) : name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <Details summary={m.bulk_view_save_title()} open={fault !== null}>
        <form method="post" className="stack tight">
          <input
            type="hidden"
            name="query"
            value={tableSearch({ filter: query.filter, order: query.order, columns: query.columns })}
          />
          <InputField
            field={{
              id: 'view-name',
              name: 'name',
              initialValue: fault?.name,
              ...(fault === null ? {} : { errors: [fault.text] }),
            }}
            label={m.bulk_view_name()}
            maxLength={longestViewName}
            look="short"
          />
          {mayShare && <CheckField field={{ id: 'view-shared', name: 'shared' }} label={m.bulk_view_share()} />}
          <div className="bs">
            <Button name="intent" value="save-view">
              {m.bulk_view_save()}
            </Button>
          </div>
        </form>
      </Details>
      {opened?.removable === true && (
        <form method="post">
          <input type="hidden" name="view" value={opened.id} />
          <Button look="bare" name="intent" value="remove-view">
            {m.bulk_view_remove({ name: opened.name })}
          </Button>
        </form>
      )}
    </div>
  )
}
