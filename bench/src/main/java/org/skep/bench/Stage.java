package org.skep.bench;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.boxstream.BoxInputStream;
import org.skep.networks.scuttlebutt.boxstream.BoxOutputStream;
import org.skep.networks.scuttlebutt.message.ClassicCodec;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.networks.scuttlebutt.message.ClassicValidator;
import org.skep.networks.scuttlebutt.message.SignCap;
import org.skep.wire.crypto.Digests;
import org.skep.wire.crypto.SecretBox;

/**
 * A step that each message goes through, alone and again and again, on one thread that needs
 * nothing else.
 */
@FunctionalInterface
interface Stage {
  /** After so many times over all messages Java has compiled what it will. */
  int PASSES_TO_WARM_UP = 5;

  /** Of the header that stands before a message on the line. */
  int FRAME_HEADER_BYTES = 9;

  /**
   * Goes over all messages once.
   *
   * @return something that depends on all of it, so that Java can't leave it out
   */
  long pass() throws IOException;

  /** CPU of this thread, in microseconds a message, once for each round, warm. */
  default Sample micros(int messages, int rounds) throws IOException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    List<Double> micros = new ArrayList<>();
    long expected = pass();
    for (int pass = 1; pass < PASSES_TO_WARM_UP + rounds; pass++) {
      long before = threads.getCurrentThreadCpuTime();
      long found = pass();
      long nanos = threads.getCurrentThreadCpuTime() - before;
      if (found != expected) {
        throw new IllegalStateException("the same work came to something else");
      }
      if (pass >= PASSES_TO_WARM_UP) {
        micros.add(nanos / 1e3 / messages);
      }
    }
    return Sample.of(micros);
  }

  /** Opens the boxes in which the messages come, one for each. */
  static Stage boxes(List<ClassicMessage> messages) throws IOException {
    Bytes key = Digests.sha256(Bytes.ofUtf8("bench"));
    Bytes nonce = key.slice(0, SecretBox.NONCE_BYTES);
    ByteArrayOutputStream sealed = new ByteArrayOutputStream();
    try (BoxOutputStream boxes = new BoxOutputStream(sealed, key, nonce)) {
      for (ClassicMessage message : messages) {
        boxes.write(
            Bytes.concat(Bytes.wrap(new byte[FRAME_HEADER_BYTES]), message.text()).toArray());
      }
    }
    byte[] line = sealed.toByteArray();
    return () -> {
      long bytes = 0;
      byte[] buffer = new byte[BoxInputStream.BODY_BYTES_MAX];
      try (BoxInputStream boxes = new BoxInputStream(new ByteArrayInputStream(line), key, nonce)) {
        for (int read = boxes.read(buffer); read >= 0; read = boxes.read(buffer)) {
          bytes += read + buffer[0];
        }
      }
      return bytes;
    };
  }

  /** Reads and checks the text, and writes it as it is signed; its hash with it. */
  static Stage parse(List<ClassicMessage> messages) {
    return () -> {
      long found = 0;
      for (ClassicMessage message : messages) {
        found += ClassicCodec.parseBare(message.text()).orElseThrow().id().hashCode();
      }
      return found;
    };
  }

  /** The hash alone, over as many bytes but for the signature. */
  static Stage hash(List<ClassicMessage> messages) {
    return () -> {
      long found = 0;
      for (ClassicMessage message : messages) {
        found += Digests.sha256(message.signedText()).get(0);
      }
      return found;
    };
  }

  static Stage verify(List<ClassicMessage> messages) {
    ClassicValidator validator = new ClassicValidator(SignCap.NONE);
    return () -> {
      long valid = 0;
      for (ClassicMessage message : messages) {
        valid += validator.check(message) instanceof ClassicValidator.Valid ? 1 : 0;
      }
      return valid;
    };
  }

  /** As the store packs what comes before it has a dictionary. */
  static Stage compress(List<ClassicMessage> messages) {
    return () -> {
      long bytes = 0;
      try (ZstdCompressCtx context = new ZstdCompressCtx()) {
        for (ClassicMessage message : messages) {
          context.reset();
          context.setLevel(3).setChecksum(true);
          bytes += context.compress(message.text().toArray()).length;
        }
      }
      return bytes;
    };
  }
}
