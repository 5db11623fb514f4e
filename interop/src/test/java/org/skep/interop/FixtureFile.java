package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.logfile.MessageFile;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.testkit.scuttlebutt.Fixture;
import org.skep.wire.crypto.Digests;
import org.skep.wire.json.JsObject;

/**
 * A fixture written to a file, a message a line, and what is needed to know it again without
 * holding it.
 *
 * @param ids in the order of the file
 * @param digests SHA-256 of each text, by id
 * @param sizes how many messages are in each feed
 * @param types how many messages have which type; sealed ones have none
 */
record FixtureFile(
    Path path,
    List<String> ids,
    Map<String, Bytes> digests,
    Map<FeedId, Long> sizes,
    Map<String, Long> types) {

  static FixtureFile write(Fixture fixture, Path path) throws IOException {
    FixtureFile file =
        new FixtureFile(path, new ArrayList<>(), new HashMap<>(), new HashMap<>(), new HashMap<>());
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
      for (Iterator<ClassicMessage> rest = fixture.stream().iterator(); rest.hasNext(); ) {
        ClassicMessage message = rest.next();
        out.write(message.text().toArray());
        out.write('\n');
        String id = message.id().toString();
        file.ids.add(id);
        file.digests.put(id, Digests.sha256(message.text()));
        file.sizes.merge(message.author(), 1L, Long::sum);
        file.types.merge(type(message), 1L, Long::sum);
      }
    }
    return file;
  }

  private static String type(ClassicMessage message) {
    return message.content() instanceof JsObject content
        ? content.string("type").orElse("")
        : "private";
  }

  /** What share of the messages a type has, from 0 to 1. */
  double share(String type) {
    return (double) types.getOrDefault(type, 0L) / ids.size();
  }

  /** What share of the messages the most talkative author wrote, from 0 to 1. */
  double largestFeed() {
    return (double) sizes.values().stream().mapToLong(Long::longValue).max().orElse(0) / ids.size();
  }

  /**
   * Every message of the fixture stands in the export once, under its id and byte for byte, each
   * feed in its order; beside them there are only the exporter's own.
   */
  void assertIsIn(Path export, FeedId exporter) throws IOException {
    Set<String> missing = new HashSet<>(ids);
    Map<FeedId, Long> places = new HashMap<>();
    try (MessageFile file = new MessageFile(Files.newInputStream(export))) {
      Optional<MessageFile.Item> next = file.next();
      while (next.isPresent()) {
        ClassicMessage message = assertInstanceOf(MessageFile.Message.class, next.get()).message();
        assertEquals(
            places.merge(message.author(), 1L, Long::sum), message.sequence(), "in its order");
        if (!message.author().equals(exporter)) {
          String id = message.id().toString();
          assertEquals(Optional.ofNullable(digests.get(id)), Optional.of(digest(message)), id);
          missing.remove(id);
        }
        next = file.next();
      }
    }
    assertEquals(Set.of(), missing);
  }

  private static Bytes digest(ClassicMessage message) {
    return Digests.sha256(message.text());
  }
}
