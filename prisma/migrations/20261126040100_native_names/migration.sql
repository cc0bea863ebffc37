-- A name in the other script is one for readers of Japanese, or in Latin letters where the first is Japanese. How a vendor writes itself
-- in a third script is a fact of its own: Chinese characters are no Japanese name because a Japanese reader knows them.
ALTER TABLE vendor_correction DROP CONSTRAINT vendor_correction_kind_check;
ALTER TABLE vendor_correction ADD CONSTRAINT vendor_correction_kind_check
  CHECK (kind IN ('native_name', 'legal_entity', 'country', 'website', 'product', 'model', 'crawler', 'other'));

-- The entries that the directory came with, as far as nobody has changed them. Their facts are added when it is seeded next, and here
-- where it is not.
WITH came AS (SELECT * FROM (VALUES ('deepseek', '深度求索'), ('alibaba', '阿里巴巴'), ('baidu', '百度'), ('bytedance', '字节跳动'), ('tencent', '腾讯'),
    ('huawei', '华为'), ('moonshot-ai', '月之暗面'), ('zhipu-ai', '智谱'), ('kuaishou', '快手'), ('naver', '네이버')) c (slug, native)),
  told AS (INSERT INTO vendor_fact (id, vendor_id, kind, value, created_at)
    SELECT gen_random_uuid(), v.id, 'native_name', c.native, portal_now() FROM came c JOIN vendor v ON v.slug = c.slug AND v.name_other = c.native)
UPDATE vendor v SET name_other = NULL FROM came c WHERE v.slug = c.slug AND v.name_other = c.native;
