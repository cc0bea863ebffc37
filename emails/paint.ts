/** The daylight colours and faces of a mail; the style block of layout.tsx swaps the colours at night. */

/** Body text. */
export const ink = '#171c25'
/** Secondary text. */
export const quiet = '#4b505a'
/** Links and the one button. */
export const accent = '#2c4ba1'
/** The face of everything but references and hashes. */
export const sans =
  "-apple-system,'Segoe UI',Roboto,'Noto Sans','Hiragino Sans','BIZ UDPGothic',Meiryo,Arial,sans-serif"
/** The face of references, addresses and hashes. */
export const mono = "Consolas,Menlo,'DejaVu Sans Mono',monospace"
