import { frameJa1 } from './letter-frame-ja-1.ts'
import type { Frame } from './letter-frame.ts'

/** The second common letter in Japanese. */
export const frameJa2 = {
  ...frameJa1,
  complaint: {
    heading: '申立ての対象',
    email: '電子メール',
    captured: '記録日時：{at}',
    locationOf: '{location}（「{work}」に関するもの）',
    annex: { one: '別紙：生成物の所在一覧（{count}件）', other: '別紙：生成物の所在一覧（{count}件）' },
    signals: {
      robots_txt: 'robots.txtによる指定',
      http_header: 'HTTPレスポンスヘッダー',
      html_meta: 'ウェブページ内のメタデータ',
      tdmrep: 'TDM留保ファイル（tdmrep.json）',
      rsl: 'Really Simple Licensing（RSL）文書',
      file_metadata: '作品のファイルに含まれるメタデータ',
      registry: '公開された登録簿への登録',
      words_only: '文言による宣言（オンラインで公開されていない作品）',
    },
    signalsIntro: '権利の留保は、次の方法により宣言されています。',
    signalsWhere: '公表場所は、次のとおりです。',
    signalsSince: 'この留保は、{since}から継続して行われています。',
    points: {
      policy: '措置1.1：著作権に関する方針',
      lawful_access: '措置1.2：収集対象への適法なアクセス',
      reservations: '措置1.3：権利の留保の尊重',
      outputs: '措置1.4：権利を侵害する生成物のリスクの軽減',
      contact: '措置1.5：窓口の設置及び苦情の受付',
    },
    pointsIntro: '本申立ては、同規範の次の措置に関するものです。',
    complaintFacts: '具体的な事実は、次のとおりです。',
    repeated: '当方は、本件について以前にも申立てを行っており、これを維持します。',
    illegality: '当方は、次の理由により、当該コンテンツが違法であると考えます。',
    fairUse: '当方は、当該使用がフェアユースに当たるか否かを検討した上で、これに当たらないと判断しました。',
    ukConnection: '英国との関連は、次のとおりです。',
  },
} as const satisfies Frame
