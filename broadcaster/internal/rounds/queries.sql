-- name: Announcements :many
SELECT * FROM announcements ORDER BY made_ms DESC, id;

-- name: PutAnnouncement :exec
INSERT INTO announcements (id, title, text, valid_from_ms, valid_until_ms, owner, made_by, made_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (id) DO UPDATE SET title = excluded.title, text = excluded.text,
    valid_from_ms = excluded.valid_from_ms, valid_until_ms = excluded.valid_until_ms, owner = excluded.owner;

-- name: DeleteAnnouncement :exec
DELETE FROM announcements WHERE id = $1;

-- name: Variants :many
SELECT announcement, digest FROM variants ORDER BY announcement, position;

-- name: InsertVariant :exec
INSERT INTO variants (announcement, position, digest) VALUES ($1, $2, $3);

-- name: DeleteVariants :exec
DELETE FROM variants WHERE announcement = $1;

-- name: Playlists :many
SELECT * FROM playlists ORDER BY made_ms DESC, id;

-- name: PutPlaylist :exec
INSERT INTO playlists (id, name, owner, made_by, made_ms, chime) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, owner = excluded.owner, chime = excluded.chime;

-- name: DeletePlaylist :exec
DELETE FROM playlists WHERE id = $1;

-- name: Entries :many
SELECT * FROM playlist_entries ORDER BY playlist, position;

-- name: InsertEntry :exec
INSERT INTO playlist_entries (playlist, position, announcement, dialects, repeats, gap_ms) VALUES ($1, $2, $3, $4, $5, $6);

-- name: DeleteEntries :exec
DELETE FROM playlist_entries WHERE playlist = $1;

-- name: Rounds :many
SELECT * FROM rounds ORDER BY made_ms DESC, id;

-- name: PutRound :exec
INSERT INTO rounds (id, name, playlist, timetable, class, lateness_ms, owner, paused, since_ms, mandatory,
    unlimited_until_ms, unlimited_reason, quota_starts, spacing_ms, made_by, made_ms, volume)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, playlist = excluded.playlist, timetable = excluded.timetable,
    class = excluded.class, lateness_ms = excluded.lateness_ms, owner = excluded.owner, paused = excluded.paused,
    since_ms = excluded.since_ms, mandatory = excluded.mandatory, unlimited_until_ms = excluded.unlimited_until_ms,
    unlimited_reason = excluded.unlimited_reason, quota_starts = excluded.quota_starts, spacing_ms = excluded.spacing_ms,
    volume = excluded.volume;

-- name: SetRoundSince :exec
UPDATE rounds SET since_ms = $2 WHERE id = $1;

-- name: DeleteRound :exec
DELETE FROM rounds WHERE id = $1;

-- name: Targets :many
SELECT round, grid FROM round_targets ORDER BY round, grid;

-- name: InsertTarget :exec
INSERT INTO round_targets (round, grid) VALUES ($1, $2);

-- name: DeleteTargets :exec
DELETE FROM round_targets WHERE round = $1;

-- name: Joined :many
SELECT round, terminal, since_ms FROM joined WHERE since_ms >= $1;

-- name: PutJoined :exec
INSERT INTO joined (round, terminal, since_ms) VALUES ($1, $2, $3)
ON CONFLICT (round, terminal) DO UPDATE SET since_ms = excluded.since_ms;

-- name: DeleteJoined :exec
DELETE FROM joined WHERE since_ms < $1;

-- name: QuietRules :many
SELECT * FROM quiet_rules ORDER BY grid, from_s, to_s, id;

-- name: InsertQuietRule :exec
INSERT INTO quiet_rules (id, grid, from_s, to_s, night, note, lifted_until_ms, lift_reason, lifted_by, made_ms)
VALUES ($1, $2, $3, $4, $5, $6, 0, '', '', $7);

-- name: LiftQuietRule :exec
UPDATE quiet_rules SET lifted_until_ms = $2, lift_reason = $3, lifted_by = $4 WHERE id = $1;

-- name: DeleteQuietRule :exec
DELETE FROM quiet_rules WHERE id = $1;

-- name: InsertQuietAct :exec
INSERT INTO quiet_acts (seq, quiet, at_ms, act, grid, from_s, to_s, until_ms, reason, act_by)
VALUES ((SELECT COALESCE(MAX(seq), 0) + 1 FROM quiet_acts), $1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: QuietActs :many
SELECT * FROM quiet_acts ORDER BY seq DESC LIMIT $1;

-- name: TemporaryQuiet :many
SELECT * FROM temporary_quiet WHERE end_ms >= $1 ORDER BY begin_ms DESC, id LIMIT $2;

-- name: InsertTemporaryQuiet :exec
INSERT INTO temporary_quiet (id, grid, terminal, reason, note, begin_ms, end_ms, ended_by, made_by, made_ms, by_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, '', $8, $9, $10);

-- name: EndTemporaryQuiet :exec
UPDATE temporary_quiet SET end_ms = $2, ended_by = $3 WHERE id = $1;

-- name: Mutes :many
SELECT * FROM mutes WHERE end_ms >= $1 ORDER BY begin_ms DESC, id;

-- name: InsertMute :exec
INSERT INTO mutes (id, terminal, grid, reason, begin_ms, end_ms, ended_by, made_by) VALUES ($1, $2, $3, $4, $5, $6, '', $7);

-- name: EndMute :exec
UPDATE mutes SET end_ms = $2, ended_by = $3 WHERE id = $1;

-- name: QuietPlaces :many
SELECT * FROM quiet_places ORDER BY grid, name, id;

-- name: PutQuietPlace :exec
INSERT INTO quiet_places (id, grid, name, lat, lon, radius_mm, from_s, to_s, first_day, last_day, made_by, made_ms, by_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, lat = excluded.lat, lon = excluded.lon,
    radius_mm = excluded.radius_mm, from_s = excluded.from_s, to_s = excluded.to_s, first_day = excluded.first_day,
    last_day = excluded.last_day;

-- name: DeleteQuietPlace :exec
DELETE FROM quiet_places WHERE id = $1;

-- name: VolumeRules :many
SELECT * FROM volume_rules ORDER BY grid, made_ms, id;

-- name: PutVolumeRule :exec
INSERT INTO volume_rules (id, grid, from_s, to_s, percent, floor, cap, made_by, made_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (id) DO UPDATE SET from_s = excluded.from_s, to_s = excluded.to_s, percent = excluded.percent,
    floor = excluded.floor, cap = excluded.cap;

-- name: DeleteVolumeRule :exec
DELETE FROM volume_rules WHERE id = $1;

-- name: DailyLimits :many
SELECT * FROM daily_limits ORDER BY town;

-- name: PutDailyLimits :exec
INSERT INTO daily_limits (town, minutes, plays) VALUES ($1, $2, $3)
ON CONFLICT (town) DO UPDATE SET minutes = excluded.minutes, plays = excluded.plays;

-- name: Holidays :many
SELECT * FROM holidays ORDER BY name;

-- name: PutHolidays :exec
INSERT INTO holidays (name, dates, made_by, made_ms) VALUES ($1, $2, $3, $4)
ON CONFLICT (name) DO UPDATE SET dates = excluded.dates;

-- name: DeleteHolidays :exec
DELETE FROM holidays WHERE name = $1;

-- name: Cancellations :many
SELECT * FROM cancellations WHERE due_ms >= $1 ORDER BY due_ms, round, terminal;

-- name: PutCancellation :exec
INSERT INTO cancellations (round, due_ms, terminal, grid, made_by, made_ms) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (round, due_ms, terminal) DO NOTHING;

-- name: DeleteCancellation :exec
DELETE FROM cancellations WHERE round = $1 AND due_ms = $2 AND terminal = $3;

-- name: InsertChange :exec
INSERT INTO changes (seq, at_ms, act_by, kind, id, name, grid, act, before, after)
VALUES ((SELECT COALESCE(MAX(seq), 0) + 1 FROM changes), $1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: Changes :many
SELECT * FROM changes
WHERE seq < sqlc.arg(before_seq) AND at_ms >= sqlc.arg(from_ms) AND at_ms < sqlc.arg(to_ms)
    AND (CAST(sqlc.arg(of_kind) AS TEXT) = '' OR kind = sqlc.arg(of_kind))
    AND (CAST(sqlc.arg(of_id) AS TEXT) = '' OR id = sqlc.arg(of_id))
    AND (CAST(sqlc.arg(within) AS TEXT) = '' OR grid LIKE sqlc.arg(within) || '%')
ORDER BY seq DESC LIMIT sqlc.arg(most);

-- name: LastRoundChanges :many
SELECT * FROM changes c WHERE c.kind = 'round' AND c.seq =
    (SELECT MAX(d.seq) FROM changes d WHERE d.kind = 'round' AND d.id = c.id AND d.at_ms <= $1)
ORDER BY c.seq DESC LIMIT $2;

-- name: FirstRoundChanges :many
SELECT * FROM changes c WHERE c.kind = 'round' AND c.seq =
    (SELECT MIN(d.seq) FROM changes d WHERE d.kind = 'round' AND d.id = c.id AND d.at_ms > $1)
ORDER BY c.seq LIMIT $2;

-- name: Head :one
SELECT terminal, revision, published_ms, content FROM programmes WHERE terminal = $1 ORDER BY revision DESC LIMIT 1;

-- name: Heads :many
SELECT p.terminal, p.revision, p.published_ms, p.content FROM programmes p
WHERE p.revision = (SELECT MAX(q.revision) FROM programmes q WHERE q.terminal = p.terminal) ORDER BY p.terminal;

-- name: Newest :one
SELECT * FROM programmes WHERE terminal = $1 ORDER BY revision DESC LIMIT 1;

-- name: InForce :one
SELECT CAST(COALESCE(MAX(revision), 0) AS BIGINT) FROM programmes WHERE terminal = $1 AND published_ms <= $2;

-- name: History :many
SELECT revision, published_ms, body FROM programmes
WHERE terminal = $1 AND revision >= $2 AND published_ms < $3 ORDER BY revision;

-- name: InsertProgramme :exec
INSERT INTO programmes (terminal, revision, published_ms, expires_ms, content, body, key, signature)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: Unpublished :many
SELECT terminal FROM unpublished ORDER BY terminal;

-- name: MarkUnpublished :exec
INSERT INTO unpublished (terminal, since_ms) VALUES ($1, $2) ON CONFLICT (terminal) DO NOTHING;

-- name: MarkPublished :exec
DELETE FROM unpublished WHERE terminal = $1;
