package io.picsync.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks tests that need a daemon, or another program, of this machine, by the name of its program:
 * {@code vsftpd}, {@code sshd}, {@code chromium}. Where it is not installed they are skipped and
 * the reason printed; in CI (environment variable {@code CI=true}) they fail.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(DaemonCondition.class)
public @interface RequiresDaemon {
  String value();
}
