package io.picsync.transfer;

import io.picsync.sync.Causes;
import io.picsync.sync.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Accounts for each planned picture as it comes back from {@code picsync.transfer}, whether with an
 * outcome, with an exception or with something else. Called by one thread at a time.
 */
final class AccountForOutcomes implements AggregationStrategy {
  private final TransferSteps transfer;

  AccountForOutcomes(TransferSteps transfer) {
    this.transfer = transfer;
  }

  /**
   * @return null, so that nothing of a picture's exchange goes on with the run's: neither that it
   *     failed nor that it was stopped
   */
  @Override
  public @Nullable Exchange aggregate(@Nullable Exchange before, Exchange picture) {
    if (picture.isRouteStop() && picture.getException() == null) {
      return null; // a step of the operator's left it out
    }
    Run run = Objects.requireNonNull(picture.getProperty(Run.PROPERTY, Run.class));
    try {
      transfer.account(outcome(picture), run);
    } catch (IOException e) {
      throw new UncheckedIOException("The outcome list can't be written: " + e.getMessage(), e);
    }
    return null;
  }

  private static Outcome outcome(Exchange picture) {
    Object body = picture.getMessage().getBody();
    if (picture.getException() == null && body instanceof Outcome outcome) {
      return outcome;
    }
    PlannedPicture planned = picture.getVariable("picture", PlannedPicture.class);
    String why =
        picture.getException() == null
            ? "picsync.transfer answered with no outcome but with " + body
            : Causes.message(picture.getException());
    return new Outcome(Outcome.Kind.FAILED, planned == null ? "" : planned.path(), 0, why);
  }
}
