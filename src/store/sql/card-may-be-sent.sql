-- Whether the card may go to a printer: refused where its file lacks an approval that is demanded.
-- $1 bigint: card
SELECT api.card_may_be_sent ($1::bigint) AS done
