import { frameEn1 } from './letter-frame-en-1.ts'
import type { Frame } from './letter-frame.ts'

/** The second common letter in English: it names an e-mail address, and says what is complained of in a section of its own. */
export const frameEn2 = {
  ...frameEn1,
  complaint: {
    heading: 'What is complained of',
    email: 'E-mail',
    captured: 'Captured on {at}.',
    locationOf: '{location}, which concerns “{work}”',
    annex: {
      one: 'Annex: list of {count} location of outputs',
      other: 'Annex: list of {count} locations of outputs',
    },
    signals: {
      robots_txt: 'rules in robots.txt;',
      http_header: 'headers of the HTTP response;',
      html_meta: 'metadata in the web pages;',
      tdmrep: 'a TDM reservation file (tdmrep.json);',
      rsl: 'a Really Simple Licensing (RSL) document;',
      file_metadata: 'metadata in the files of the works;',
      registry: 'an entry in a public registry;',
      words_only: 'a declaration in words, for works that are not available online;',
    },
    signalsIntro: 'The reservation has been declared by the following means:',
    signalsWhere: 'It is published at:',
    signalsSince: 'It has been in place since {since}.',
    points: {
      policy: 'Measure 1.1: a copyright policy;',
      lawful_access: 'Measure 1.2: lawful access to what is crawled;',
      reservations: 'Measure 1.3: heeding reservations of rights;',
      outputs: 'Measure 1.4: mitigating the risk of infringing outputs;',
      contact: 'Measure 1.5: a contact point and the lodging of complaints;',
    },
    pointsIntro: 'The complaint concerns the following measures of the Code:',
    complaintFacts: 'The facts are these:',
    repeated: 'We have complained of this matter before and maintain that complaint.',
    illegality: 'We consider the content illegal for the following reasons:',
    fairUse: 'We have considered whether the use is a fair use and have concluded that it is not.',
    ukConnection: 'The connection with the United Kingdom is this:',
  },
} as const satisfies Frame
