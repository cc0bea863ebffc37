import { Command, CommanderError } from 'commander'
import { closeAuth } from '#app/platform/auth.server.ts'
import { closeDatabase } from '#app/platform/db.server.ts'
import { type Answer, BadUseError, columns } from './commands/answer.ts'
import { backupCommand, restoreCommand } from './commands/backup.server.ts'
import { openDatabase } from './commands/database.server.ts'
import { importCommand } from './commands/import.server.ts'
import { verifyLedgerCommand } from './commands/ledger.server.ts'
import { heldMailCommand, listMailCommand, releaseMailCommand, retryMailCommand } from './commands/mail.server.ts'
import {
  createOrganisationCommand,
  createPersonCommand,
  verifyOrganisationCommand,
} from './commands/organisations.server.ts'
import { listVendors } from './vendors/list-vendors.server.ts'
import { withWorker } from './platform/db.server.ts'

// Exit codes: 0 done, 1 some rows failed, 2 bad use, 3 outage.

const program = new Command('caveat').description('The operator’s command line of Caveat').exitOverride()
program.option('--json', 'answer with one JSON object on stdout; progress goes to stderr')

/** Gives a command its database, prints its answer and sets the exit code. */
async function answerWith(work: () => Promise<Answer>): Promise<void> {
  const close = await openDatabase()
  try {
    const { json, lines, someFailed = false } = await work()
    const text = program.opts()['json'] === true ? JSON.stringify(json) : lines.join('\n')
    process.stdout.write(`${text}\n`)
    process.exitCode = someFailed ? 1 : 0
  } finally {
    await Promise.all([closeDatabase(), closeAuth()])
    await close()
  }
}

const person = program.command('person').description('people who sign in')
person
  .command('create')
  .description('make a person and give them a role')
  .requiredOption('--email <address>')
  .requiredOption('--name <name>')
  .requiredOption('--organisation <slug>')
  .requiredOption('--role <role>', 'owner, editor, approver or viewer')
  .action((given) => answerWith(() => createPersonCommand(given)))

const organisation = program.command('organisation').description('rights holders, vendors, associations, operators')
organisation
  .command('create')
  .description('make an organisation, unverified')
  .requiredOption('--slug <slug>')
  .requiredOption('--kind <kind>', 'rights_holder, vendor, association or operator')
  .requiredOption('--name <name>')
  .action((given) => answerWith(() => createOrganisationCommand(given)))
organisation
  .command('verify')
  .description('let an organisation file')
  .argument('<slug>')
  .option('--how <how>', 'how it was checked, as mails and public pages say it', 'by the operator')
  .action((slug, { how }) => answerWith(() => verifyOrganisationCommand(slug, how)))

const vendor = program.command('vendor').description('the vendor directory')
vendor
  .command('list')
  .description('every vendor, and whether a notice could be sent to it')
  .action(() =>
    answerWith(async () => {
      const vendors = await withWorker(listVendors)
      return {
        json: { vendors },
        lines: columns(vendors.map((each) => [each.slug, each.name, `${each.facts} facts`, each.contact])),
      }
    }),
  )

const noMap: readonly string[] = []

const mail = program.command('mail').description('mails that were sent or are owed')
mail
  .command('list')
  .description('the newest mails and their state')
  .option('--status <status>')
  .option(
    '--most <count>',
    'at most this many',
    (text) => Math.min(1000, Math.max(1, Number.parseInt(text, 10) || 50)),
    50,
  )
  .action((given) => answerWith(() => listMailCommand(given)))
mail
  .command('retry')
  .description('send failed mails once more')
  .argument('[id]')
  .option('--all', 'all that failed', false)
  .action((id, { all }) => answerWith(() => retryMailCommand({ ...(id === undefined ? {} : { id }), all })))

mail
  .command('held')
  .description('what a restore holds back: it waited when the backup was taken, and may have been sent since')
  .action(() => answerWith(heldMailCommand))
mail
  .command('release')
  .description('let mails go again after a restore')
  .option(
    '--except <id>',
    'a mail that is not sent; repeatable',
    (one: string, all: readonly string[]) => [...all, one],
    noMap,
  )
  .action((given) => answerWith(() => releaseMailCommand(given)))

const ledger = program.command('ledger').description('the hash-chained record of every notice')
ledger
  .command('verify')
  .description('recompute every hash, order, column and answer; names the first broken line of each notice')
  .option('--notice <reference>', 'of one notice only')
  .action((given) => answerWith(() => verifyLedgerCommand(given)))

program
  .command('import')
  .description('a CSV file or a sheet of an Excel workbook into a catalogue, made if it is new')
  .argument('<file>')
  .requiredOption('--organisation <slug>')
  .requiredOption('--catalogue <name>')
  .option(
    '--map <field=column>',
    'what a column is, by its heading or #number; repeatable',
    (one: string, all: readonly string[]) => [...all, one],
    noMap,
  )
  .option('--encoding <name>', 'instead of the detected one')
  .option('--sheet <name>', 'of a workbook; the first visible one if none is named')
  .option('--replace', 'remove works that the file lacks', false)
  .option('--dry-run', 'count only, change nothing', false)
  .action((file, given) => answerWith(() => importCommand({ ...given, file })))

program
  .command('backup')
  .description('everything of one moment into a new folder')
  .argument('<folder>')
  .action((folder) => answerWith(() => backupCommand(folder)))
program
  .command('restore')
  .description('a backup into an empty database')
  .argument('<folder>')
  .action((folder) => answerWith(() => restoreCommand(folder)))

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
  else {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = error instanceof BadUseError ? 2 : 3
  }
}
// Idle connections must not keep a finished command alive.
process.exit()
