package io.gatehouse.platform.limits;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/** A script that the server keeps; where it does not know it, it is told. */
final class RedisScript {

    /** For each key: span, capacity, wanted, more, settled, returned, since. A clock that went back begins no window anew. */
    private static final String COUNT = """
            local time = $now
            local seconds = tonumber(time[1])
            local function day_of_month(days)
              local z = (days + 719468) % 146097
              local year = math.floor((z - math.floor(z / 1460) + math.floor(z / 36524) - math.floor(z / 146096)) / 365)
              local day = z - (365 * year + math.floor(year / 4) - math.floor(year / 100))
              return day - math.floor((153 * math.floor((5 * day + 2) / 153) + 2) / 5)
            end
            local function window(span)
              if span ~= 'month' then
                local length = span == 'hour' and 3600 or 60
                return seconds - seconds % length, seconds - seconds % length + length
              end
              local today = math.floor(seconds / 86400)
              local first = today - day_of_month(today)
              return first * 86400, (first + 31 - day_of_month(first + 31)) * 86400
            end
            local answers = {}
            for i, key in ipairs(KEYS) do
              local n = {}
              for j = 2, 7 do n[j] = tonumber(ARGV[7 * i - 7 + j]) end
              local since, ends = window(ARGV[7 * i - 6])
              local known = redis.call('HMGET', key, 'since', 'ends', 'used', 'ahead')
              local used, ahead = 0, 0
              if known[1] and tonumber(known[1]) >= since then
                since, ends = tonumber(known[1]), tonumber(known[2])
                used, ahead = tonumber(known[3]), tonumber(known[4])
              end
              if since == n[7] then
                ahead, used = math.max(ahead - n[5], 0), math.max(used - n[6], 0)
              end
              local granted = math.max(math.min(n[3], n[2] - used), 0)
              local reserved = math.max(0, math.min(n[4], math.floor((math.floor(n[2] / 125) - ahead) / 4),
                math.floor((n[2] - used - granted) / 4)))
              used, ahead = used + granted + reserved, ahead + reserved
              if n[3] + n[4] + n[5] + n[6] > 0 then
                redis.call('HSET', key, 'since', since, 'ends', ends, 'used', used, 'ahead', ahead)
                redis.call('PEXPIREAT', key, (ends + 60) * 1000)
              end
              answers[i] = { granted, reserved, n[2] - used, since, (ends - seconds) * 1000000 - tonumber(time[2]) }
            end
            return answers""";

    /** A replica, for how many milliseconds, its statement's number; then for each key: capacity, places. */
    private static final String HOLD = """
            local time = $now
            local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
            local replica, expires, number = ARGV[1], now + tonumber(ARGV[2]), tonumber(ARGV[3])
            local answers = {}
            for i, key in ipairs(KEYS) do
              local capacity, granted = tonumber(ARGV[2 * i + 2]), tonumber(ARGV[2 * i + 3])
              local others, mine, mine_number = 0, 0, 0
              local holders = redis.call('HGETALL', key)
              for j = 1, #holders, 2 do
                local places, until_then, by = string.match(holders[j + 1], '(%d+) (%d+) (%d+)')
                if holders[j] == replica then
                  mine, mine_number = tonumber(places), tonumber(by)
                elseif tonumber(until_then) > now then
                  others = others + tonumber(places)
                else
                  redis.call('HDEL', key, holders[j])
                end
              end
              if mine_number > number then
                granted = mine
              else
                granted = math.max(math.min(granted, capacity - others), 0)
                if granted > 0 then
                  redis.call('HSET', key, replica, string.format('%.0f %.0f %.0f', granted, expires, number))
                  redis.call('PEXPIRE', key, ARGV[2])
                else
                  redis.call('HDEL', key, replica)
                end
              end
              answers[i] = { granted, others + granted }
            end
            return answers""";

    /** For each key how many places there are. */
    private static final String TAKEN = """
            local time = $now
            local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
            local answers = {}
            for i, key in ipairs(KEYS) do
              answers[i] = 0
              for _, holder in ipairs(redis.call('HVALS', key)) do
                local places, until_then = string.match(holder, '(%d+) (%d+) %d+')
                if tonumber(until_then) > now then
                  answers[i] = answers[i] + tonumber(places)
                end
              end
            end
            return answers""";

    private final String text;
    private final String digest;

    private RedisScript(String text) {
        this.text = text;
        try {
            this.digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param now an expression for seconds and microseconds */
    static RedisScript count(String now) {
        return new RedisScript(COUNT.replace("$now", now));
    }

    static RedisScript hold(String now) {
        return new RedisScript(HOLD.replace("$now", now));
    }

    static RedisScript taken(String now) {
        return new RedisScript(TAKEN.replace("$now", now));
    }

    /** A server that does not know the script has done nothing, so that it can be told again. */
    Future<Response> run(RedisConnection connection, List<String> keys, List<String> arguments) {
        return connection.send(request(Command.EVALSHA, digest, keys, arguments))
                .recover(failure -> String.valueOf(failure.getMessage()).startsWith("NOSCRIPT")
                        ? connection.send(request(Command.EVAL, text, keys, arguments))
                        : Future.failedFuture(failure));
    }

    private static Request request(Command command, String script, List<String> keys, List<String> arguments) {
        Request request = Request.cmd(command).arg(script).arg(keys.size());
        keys.forEach(request::arg);
        arguments.forEach(request::arg);
        return request;
    }
}
