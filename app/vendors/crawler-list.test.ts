import { expect, test } from 'vitest'

import robots from '#prisma/directory/ai-robots-txt/robots.json' with { type: 'json' }

import { parseCrawlerList, readOperator, readPurpose } from './crawler-list.ts'

const crawlers = parseCrawlerList(robots)

test('the list of 166 agents gives one crawler per token, case ignored', () => {
  expect(Object.keys(robots)).toHaveLength(166)
  const tokens = crawlers.map(({ token }) => token.toLowerCase())
  expect(new Set(tokens).size).toBe(tokens.length)
  // Meta-ExternalAgent, Meta-ExternalFetcher and webzio-extended stand in it twice.
  expect(crawlers).toHaveLength(163)
})

test('no Markdown, no sentence and no verdict stays in an operator', () => {
  for (const { operator } of crawlers) {
    expect(operator ?? '').not.toMatch(/[[\]()]|https?:|unclear|unknown| that | used for /i)
  }
})

test('nothing of a crawler says whether it obeys', () => {
  for (const crawler of crawlers)
    expect(Object.keys(crawler).toSorted()).toEqual(['operator', 'operatorUrl', 'purpose', 'token'])
})

test.each([
  ['[OpenAI](https://openai.com)', 'OpenAI', 'https://openai.com'],
  ['Meta/Facebook', 'Meta', null],
  [
    '[Meta](https://developers.facebook.com/docs/sharing/webmasters/web-crawlers)',
    'Meta',
    'https://developers.facebook.com/docs/sharing/webmasters/web-crawlers',
  ],
  ['Amazon, used for fetching web content to answer user queries through Alexa', 'Amazon', null],
  ['Ai2, a non-profit AI research institute', 'Ai2', null],
  ['Google that retrieves web content on behalf of Gemini API users', 'Google', null],
  ['Cohere to download training data for its LLMs', 'Cohere', null],
  ['Mistral', 'Mistral AI', null],
  ['the Chinese company Huawei', 'Huawei', null],
  ['https://brightdata.com/brightbot', 'Bright Data', 'https://brightdata.com/brightbot'],
  ['Unclear at this time.', null, null],
  ['Unknown', null, null],
  ['Anyone who downloads the Lightpanda client. Possibly a [botnet](https://example.com).', null, null],
])('the operator of %j is %j', (text, operator, operatorUrl) => {
  expect(readOperator(text)).toEqual({ operator, operatorUrl })
})

test.each([
  ['Meta', ['FacebookBot', 'facebookexternalhit', 'meta-externalagent', 'meta-webindexer']],
  ['Amazon', ['amazon-kendra', 'Amazonbot', 'AmazonBuyForMe', 'Amzn-User', 'bedrockbot']],
  ['Ai2', ['AI2Bot', 'AI2Bot-DeepResearchEval', 'Ai2Bot-Dolma']],
  ['Anthropic', ['anthropic-ai', 'Claude-SearchBot', 'Claude-User', 'Claude-Web', 'ClaudeBot']],
])('%s is one operator', (operator, tokens) => {
  expect(crawlers.filter((crawler) => crawler.operator === operator).map(({ token }) => token)).toEqual(tokens)
})

test.each([
  ['LLM training.', 'training'],
  ["Scrapes data to train OpenAI's products.", 'training'],
  ['AI Search Crawlers', 'search'],
  ['AI Assistants', 'assistant'],
  ['AI Coding Agents', 'agent'],
  ['AI Data Providers', 'collection'],
  ['AI tools and models for machine learning research.', 'collection'],
  ['Undocumented AI Agents', 'unknown'],
  ['Ostensibly only for sharing, but likely used as an AI crawler as well', 'unknown'],
  ['Unclear at this time.', 'unknown'],
])('the purpose %j reads as %s', (text, purpose) => {
  expect(readPurpose(text)).toBe(purpose)
})

test('a list of another form is refused, not half read', () => {
  expect(() => parseCrawlerList({ GPTBot: { operator: 3, function: 'x' } })).toThrow(/operator/)
  expect(() => parseCrawlerList([])).toThrow(/record/)
})
