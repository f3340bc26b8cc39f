-- Whether the caller may approve the card's file; a refusal says why not.
-- $1 bigint: card
SELECT api.may_approve_card_file ($1::bigint) AS done
