import { createElement, Fragment, type ReactNode } from 'react'
import type { Block, Letter, Run } from './letter.ts'

/** A letter drawn block by block; with `marked`, the words that follow the filer's choices are marked. */
export function LetterBlocks({ letter, marked = false }: { letter: Letter; marked?: boolean }) {
  return <div lang={letter.locale}>{each(letter.blocks, (block) => drawBlock(block, marked))}</div>
}

function drawBlock(block: Block, marked: boolean): ReactNode {
  if (block.type === 'list') {
    const items = each(block.items, (item) => <li>{words(item, marked)}</li>)
    return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>
  }
  if (block.type === 'facts') {
    return (
      <p>
        {each(block.rows, ({ label, value }, first) => (
          <>
            {first ? null : <br />}
            <small>{label}</small> {words(value, marked)}
          </>
        ))}
      </p>
    )
  }
  const lines = each(block.lines, (line, first) => (
    <>
      {first ? null : <br />}
      {words(line, marked)}
    </>
  ))
  if (block.type === 'title') return <h3>{lines}</h3>
  return block.type === 'heading' ? <h4>{lines}</h4> : <p>{lines}</p>
}

function words(runs: readonly Run[], marked: boolean): ReactNode {
  return each(runs, ({ text, lang, chosen }) => {
    const said = lang ? <span lang={lang}>{text}</span> : text
    return marked && chosen ? <mark>{said}</mark> : said
  })
}

// Parts of a letter have no identity and never move: as spread children they need no keys.
function each<T>(list: readonly T[], draw: (item: T, first: boolean) => ReactNode): ReactNode {
  return createElement(Fragment, null, ...list.map((item, index) => draw(item, index === 0)))
}
