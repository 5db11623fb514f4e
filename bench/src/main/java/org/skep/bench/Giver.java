package org.skep.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.skep.kernel.Clock;
import org.skep.testkit.peers.NpmFolder;
import org.skep.testkit.peers.SsbPeer;

/** A program that has all messages of a fixture and gives them to whoever asks. */
interface Giver extends AutoCloseable {
  String address() throws IOException, InterruptedException;

  Usage usage();

  @Override
  void close() throws IOException;

  /** A Skep, at rest. */
  static Giver skep(Clock clock, Path data) throws IOException, InterruptedException {
    Peer peer = Peer.start(clock, data, Peer.Way.USUAL);
    Pair.awaitRest(clock, peer.usage());
    return new Giver() {
      @Override
      public String address() throws IOException, InterruptedException {
        return peer.address();
      }

      @Override
      public Usage usage() {
        return peer.usage();
      }

      @Override
      public void close() {
        peer.close();
      }
    };
  }

  /** The ssb-db2 stack, at rest; it gives feeds that it asks for itself. */
  static Giver ssbDb2(Clock clock, Path folder, List<String> feeds)
      throws IOException, InterruptedException {
    SsbPeer peer = SsbPeer.start(NpmFolder.peer(), folder, Peer.NETWORK_KEY);
    peer.request(feeds);
    Usage usage = new Usage(peer.pid());
    Pair.awaitRest(clock, usage);
    return new Giver() {
      @Override
      public String address() {
        return peer.address();
      }

      @Override
      public Usage usage() {
        return usage;
      }

      @Override
      public void close() throws IOException {
        peer.close();
      }
    };
  }
}
