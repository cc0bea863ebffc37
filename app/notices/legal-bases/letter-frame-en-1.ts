import type { Frame } from './letter-frame.ts'

/** The common letter in English. */
export const frameEn1 = {
  title: {
    exclusion: 'Request to exclude works from AI training',
    cease_and_desist: 'Demand to cease and desist',
    takedown: 'Demand to remove outputs',
  },
  addressee: 'To: {vendor}',
  salutation: 'Dear Sir or Madam,',
  opening: {
    all: '{holder} (“we”) holds rights in the {works} of its catalogue “{catalogue}”, version {version}, which are listed in the annex (“the works”).',
    listed:
      '{holder} (“we”) holds rights in {works} of its catalogue “{catalogue}”, version {version}, which are listed in the annex (“the works”).',
    none: '{holder} (“we”) holds rights in the works listed in the annex (“the works”). [The works are not chosen yet.]',
  },
  examples: { some: 'Among the works are:', complete: 'The works are:', more: 'and {more} more, listed in the annex' },
  stance: {
    exclusion: {
      reservation:
        'We expressly reserve our rights in the works against text and data mining and against use for training artificial intelligence models. Such use is not permitted unless we have agreed to it beforehand.',
      objection:
        'We object to any use of the works for training artificial intelligence models, whether that use has already taken place or is planned.',
      demand:
        'We demand that the works not be used for training artificial intelligence models without our permission.',
    },
    cease_and_desist: {
      reservation: 'We expressly reserve all our rights in the works with regard to the acts described below.',
      objection: 'We object to the acts described below, whether they have already taken place or are planned.',
      demand: 'We demand that the acts described below cease and not be repeated.',
    },
    takedown: {
      reservation: 'We expressly reserve all our rights in the works with regard to the outputs described below.',
      objection: 'We object to the making and offering of the outputs described below.',
      demand: 'We demand that the outputs described below be removed and no longer be offered.',
    },
  },
  priorPermission:
    'This letter is sent without prejudice to our position that use of the works requires prior permission. Neither this letter nor our silence on any other use is to be read as consent.',
  ask: 'We ask that you:',
  demand: 'We demand that you:',
  noMeasures: '[What is asked is not chosen yet.]',
  measures: {
    STOP_TRAINING_FUTURE: {
      plain: 'do not use the works to train any model from the date of this letter;',
      detailed: 'do not use the works to train any model from the date of this letter ({detail});',
    },
    REMOVE_FROM_DATASETS: {
      plain: 'remove all copies of the works from the datasets that you hold or control for training;',
      detailed:
        'remove all copies of the works from the datasets that you hold or control for training, in particular copies obtained from: {detail};',
    },
    RETRAIN_OR_UNLEARN: {
      plain:
        'retrain the models that were trained on the works, or remove the effect of the works from them by other means;',
      detailed:
        'retrain the models that were trained on the works, or remove the effect of the works from them by other means ({detail});',
    },
    RESPOND_TO_OUTPUT_CLAIMS: {
      plain: 'answer our claims and enquiries about outputs that reproduce the works sincerely and without delay;',
      detailed:
        'answer our claims and enquiries about outputs that reproduce the works sincerely and without delay ({detail});',
    },
    FILTER_OUTPUTS: {
      plain: 'prevent your services from producing outputs that reproduce the works or their characters;',
      detailed:
        'prevent your services from producing outputs that reproduce the works or their characters, for example: {detail};',
    },
    REMOVE_OUTPUT_URLS: {
      plain: 'remove the outputs at the locations given in this letter, and keep them removed;',
      detailed: 'remove the outputs at the locations given in this letter, and keep them removed ({detail});',
    },
    DISCLOSE_USE: {
      plain:
        'tell us which of the works you have used, since when, for which models, and from which source you obtained them;',
      detailed:
        'tell us which of the works you have used, since when, for which models, and from which source you obtained them ({detail});',
    },
    PRESERVE_EVIDENCE: {
      plain:
        'preserve all logs, dataset snapshots and other records that concern the works until this matter is closed;',
      detailed:
        'preserve all logs, dataset snapshots and other records that concern the works until this matter is closed ({detail});',
    },
    LICENCE_OFFER: {
      plain:
        'should you wish to use the works, propose the terms of a licence; this invitation does not weaken the other points;',
      detailed:
        'should you wish to use the works, propose the terms of a licence ({detail}); this invitation does not weaken the other points;',
    },
    WRITTEN_UNDERTAKING: {
      plain: 'give us a signed undertaking to this effect, naming the products and model versions that it covers;',
      detailed:
        'give us a signed undertaking to this effect, naming the products and model versions that it covers ({detail});',
    },
  },
  eachWork: 'Each point can be answered separately for each work.',
  deadlines:
    'Please confirm receipt of this letter within {acknowledge} of receipt, and give your decision on each work within {decide} of receipt.',
  ownDeadline: 'The demands above are to be met by {deadline}.',
  howToAnswer: 'You may answer through the link in the mail that carries this letter. No account is needed.',
  acts: {
    training: 'the use of the works for training artificial intelligence models;',
    dataset: 'the making, holding or use of datasets that contain copies of the works;',
    output: 'the making and offering of outputs that reproduce the works or their characters;',
    distribution: 'the distribution of datasets or models that contain copies of the works;',
  },
  actsIntro: 'To our knowledge, the following has taken place or is planned:',
  models: 'Products and models concerned: {models}',
  rights: 'Rights relied on, by country: {rights}',
  evidence: 'Evidence:',
  locations: 'Locations of the outputs:',
  japanGrounds: {
    output_reproduces:
      'outputs of the models reproduce creative expression of the works, so that the use also serves the enjoyment of that expression;',
    analysis_licence_exists:
      'a database or an interface that offers the works for data analysis is available under licence, and unlicensed copying conflicts with that market;',
    technical_measure:
      'technical measures, such as robots.txt or access by identifier and password, keep the works from collection and show that their licensing for data analysis is planned;',
  },
  japanRights: {
    reproduction: 'the right of reproduction (Article 21)',
    public_transmission: 'the right of public transmission (Article 23)',
    adaptation: 'the right of adaptation (Article 27)',
  },
  japanRightsIntro: 'The rights concerned are: {rights}.',
  japanFacts: 'The facts are these:',
  statements: 'I state that:',
  end: 'Yours faithfully,',
  signedFor: 'for {holder}',
  signedAt: 'Signed electronically by the signatory’s own account on {signedAt}',
  notSigned: '[Not signed yet]',
  annex: 'Annex: list of {works} (catalogue “{catalogue}”, version {version})',
  works: { one: '{count} work', other: '{count} works' },
  labels: {
    reference: 'Reference',
    matter: 'Our matter number',
    date: 'Date',
    telephone: 'Telephone',
    noReference: '[given with the draft]',
  },
} as const satisfies Frame
