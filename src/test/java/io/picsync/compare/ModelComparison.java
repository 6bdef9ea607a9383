package io.picsync.compare;

import io.picsync.testing.ModelTree;
import io.picsync.testing.StoredReport;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a comparison of two trees must tell, found the plain way: name by name.
 *
 * @param missing in the destination
 * @param untrusted folders that are none on one side
 */
record ModelComparison(
    long source,
    long destination,
    long intersect,
    long differs,
    Set<String> missing,
    long missingInSource,
    long takenAtSource,
    long takenAtDestination,
    long untrusted) {

  static ModelComparison told(StoredReport report) throws IOException {
    return new ModelComparison(
        report.atSource(),
        report.atDestination(),
        report.inBoth(),
        report.differing(),
        report.missingInDestination() == 0 ? Set.of() : new TreeSet<>(report.paths("missing")),
        report.missingInSource(),
        report.ignored("source", "name-taken"),
        report.ignored("destination", "name-taken"),
        report.untrusted());
  }

  static ModelComparison of(ModelTree sourceTree, ModelTree destinationTree) {
    Map<String, String> source = sourceTree.entries();
    Map<String, String> destination = destinationTree.entries();
    Set<String> all = new TreeSet<>(source.keySet());
    all.addAll(destination.keySet());
    Set<String> untrusted = new TreeSet<>();
    Set<String> missing = new TreeSet<>();
    long[] counts = new long[5];
    for (String path : all) {
      String here = source.getOrDefault(path, "");
      String there = destination.getOrDefault(path, "");
      boolean refused = path.indexOf('\n') >= 0;
      if (refused || untrusted.stream().anyMatch(folder -> path.startsWith(folder + "/"))) {
        continue;
      }
      boolean folder = here.equals("folder") || there.equals("folder");
      if (folder && !here.equals(there) && !here.isEmpty() && !there.isEmpty()) {
        untrusted.add(path);
      }
      boolean pictureHere = isPicture(path, here);
      boolean pictureThere = isPicture(path, there);
      if (pictureHere && pictureThere) {
        counts[here.equals(there) ? 0 : 1]++;
      } else if (pictureHere && there.isEmpty()) {
        missing.add(path);
      } else if (pictureThere && here.isEmpty()) {
        counts[2]++;
      } else if (pictureHere) {
        counts[3]++;
      } else if (pictureThere) {
        counts[4]++;
      }
    }
    return new ModelComparison(
        counts[0] + counts[1] + missing.size(),
        counts[0] + counts[1] + counts[2],
        counts[0],
        counts[1],
        missing,
        counts[2],
        counts[3],
        counts[4],
        untrusted.size());
  }

  private static boolean isPicture(String path, String entry) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return entry.startsWith("file ") && Set.of("a.jpg", "b.JPG", "c.raw").contains(name);
  }
}
