package org.skep.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.skep.kernel.Clock;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.testkit.peers.NpmFolder;
import org.skep.testkit.peers.SsbPeer;
import tools.jackson.databind.JsonNode;

/**
 * A program that wants all messages of a fixture and has none yet, just started, so that what its
 * start costs is in what it has used.
 */
interface Taker extends AutoCloseable {
  /** Has it fetch them from somebody. */
  void connect(String address) throws IOException, InterruptedException;

  /** How much has come, in a unit of its own, at next to no cost to the program. */
  long arrived() throws IOException;

  /** Whether it has all; asked when nothing more seems to come, because it may cost something. */
  boolean hasAll() throws IOException, InterruptedException;

  Usage usage();

  /** Stops it in good order and says how many bytes it keeps on disk more than at its start. */
  long stop() throws IOException, InterruptedException;

  @Override
  void close() throws IOException;

  static List<String> feeds(Past past) {
    return past.size().fixture().feeds().stream().map(FeedId::toString).toList();
  }

  /** A Skep on a copy of a receiver's folder. */
  static Taker skep(Clock clock, Past past, Path data, Peer.Way way)
      throws IOException, InterruptedException {
    Folders.copy(past.receiver(), data);
    Peer peer = Peer.start(clock, data, way);
    Arrived arrived = Arrived.in(data, past.size().fixture());
    return new Taker() {
      @Override
      public void connect(String address) throws IOException, InterruptedException {
        peer.connect(address);
      }

      @Override
      public long arrived() throws IOException {
        return arrived.messages();
      }

      @Override
      public boolean hasAll() throws IOException {
        return arrived() >= past.size().messages();
      }

      @Override
      public Usage usage() {
        return peer.usage();
      }

      @Override
      public long stop() throws IOException, InterruptedException {
        arrived.close();
        peer.stop();
        return Folders.bytes(data) - Folders.bytes(past.receiver());
      }

      @Override
      public void close() throws IOException {
        try (arrived) {
          peer.close();
        }
      }
    };
  }

  /** The ssb-db2 stack on an empty folder, which asks for all feeds of the fixture. */
  static Taker ssbDb2(Past past, Path folder) throws IOException, InterruptedException {
    SsbPeer peer = SsbPeer.start(NpmFolder.peer(), folder, Peer.NETWORK_KEY);
    List<String> feeds = feeds(past);
    Path log = folder.resolve("db2/log.bipf");
    Usage usage = new Usage(peer.pid());
    peer.request(feeds);
    return new Taker() {
      @Override
      public void connect(String address) throws IOException, InterruptedException {
        peer.connect(address);
      }

      @Override
      public long arrived() throws IOException {
        return Files.exists(log) ? Files.size(log) : 0;
      }

      @Override
      public boolean hasAll() throws IOException, InterruptedException {
        JsonNode heads = peer.clock();
        return feeds.stream().mapToLong(feed -> heads.path(feed).asLong(0)).sum()
            >= past.size().messages();
      }

      @Override
      public Usage usage() {
        return usage;
      }

      @Override
      public long stop() throws IOException {
        peer.close();
        return Folders.bytes(folder);
      }

      @Override
      public void close() throws IOException {
        peer.close();
      }
    };
  }
}
