package io.picsync.api;

import io.picsync.archive.Secret;
import io.picsync.settings.SettingsException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells who logs in, by HTTP Basic (RFC 7617). An address that guesses again and again is not
 * listened to for a while. Thread-safe.
 */
final class Logins {
  private static final int GUESSES = 10;
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final int ADDRESSES = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(Logins.class);

  private record Guesses(int count, Instant last) {}

  private final Optional<Secret> reader;
  private final Optional<Secret> operator;
  private final Clock clock;
  private final Map<String, Guesses> guesses =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Guesses> eldest) {
          return size() > ADDRESSES;
        }
      };

  Logins(Optional<Secret> reader, Optional<Secret> operator, Clock clock) {
    this.reader = reader;
    this.operator = operator;
    this.clock = clock;
  }

  /**
   * @param authorization the request's header, null for none
   * @param address who asks
   * @throws Problem when it is wrong, or too many were
   */
  synchronized Role role(@Nullable String authorization, String address) {
    if (authorization == null) {
      return Role.none;
    }
    Guesses before = guesses.get(address);
    Instant now = clock.instant();
    if (before != null && isOver(before, now)) {
      guesses.remove(address);
      before = null;
    }
    if (before != null && before.count() >= GUESSES) {
      throw Problem.tooManyLogins(
          "%d wrong logins came from %s; wait a minute.".formatted(before.count(), address));
    }
    Role role = role(authorization);
    if (role == Role.none) {
      guesses.put(address, new Guesses(before == null ? 1 : before.count() + 1, now));
      throw Problem.logIn(
          "The login is wrong. Log in as reader or as operator, with the password that the configuration sets.");
    }
    guesses.remove(address);
    return role;
  }

  /** Also where the clock was set back meanwhile: the pause would last as long again. */
  private static boolean isOver(Guesses before, Instant now) {
    return before.last().plus(PAUSE).isBefore(now) || before.last().isAfter(now);
  }

  private Role role(String authorization) {
    String[] words = authorization.strip().split("\\s+", 2);
    if (words.length != 2 || !words[0].equalsIgnoreCase("Basic")) {
      return Role.none;
    }
    String login;
    try {
      login = new String(Base64.getDecoder().decode(words[1]), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return Role.none;
    }
    int colon = login.indexOf(':');
    String user = colon < 0 ? "" : login.substring(0, colon);
    byte[] password = digest(login.substring(colon + 1));
    return switch (user) {
      case "reader" -> is(reader, password) ? Role.reader : Role.none;
      case "operator" -> is(operator, password) ? Role.operator : Role.none;
      default -> Role.none;
    };
  }

  /**
   * Takes as long whatever the password. One from a file is read anew: it may have been rotated.
   */
  private static boolean is(Optional<Secret> wanted, byte[] password) {
    try {
      return wanted.isPresent() && MessageDigest.isEqual(digest(wanted.get().reveal()), password);
    } catch (SettingsException e) {
      LOG.error("Nobody can log in. why={}", e.getMessage());
      throw Problem.busy("The password can't be read just now; picsync's log says why.");
    }
  }

  private static byte[] digest(String password) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java has SHA-256.", e);
    }
  }
}
