// oxlint-disable-next-line typescript/only-throw-error -- React Router wants a response thrown
export function loader(): never {
  throw new Response(null, { status: 404 })
}

export const action = loader

export default function NotFound() {
  return null
}
