import { createContext } from 'react'

/** The number that a page of trouble shows, set where a page is rendered: it is there whatever failed before. */
export const RequestNumber = createContext<string | undefined>(undefined)
