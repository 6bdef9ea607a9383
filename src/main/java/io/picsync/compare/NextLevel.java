package io.picsync.compare;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Joins the folders below the folders of one level into the next level. */
public final class NextLevel implements AggregationStrategy {

  @Override
  public Exchange aggregate(@Nullable Exchange before, Exchange more) {
    List<?> below = more.getMessage().getBody(List.class);
    if (before == null) {
      more.getMessage().setBody(new ArrayList<Object>(below));
      return more;
    }
    @SuppressWarnings("unchecked") // the list made above
    List<Object> joined = before.getMessage().getBody(List.class);
    joined.addAll(below);
    return before;
  }
}
