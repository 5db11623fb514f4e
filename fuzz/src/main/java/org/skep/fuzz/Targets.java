package org.skep.fuzz;

import java.util.List;
import java.util.Optional;
import org.skep.api.MarkdownTarget;
import org.skep.api.ParametersTarget;
import org.skep.app.whole.ExportListTarget;
import org.skep.app.whole.ExportedTarget;
import org.skep.engine.PictureTarget;
import org.skep.engine.PrivateStateTarget;
import org.skep.http.MultipartTarget;
import org.skep.networks.fediverse.proof.ProofTarget;
import org.skep.networks.fediverse.signature.SignatureTarget;
import org.skep.networks.home.operation.OperationTarget;
import org.skep.networks.scuttlebutt.ContentTarget;
import org.skep.networks.scuttlebutt.blobs.BlobWordsTarget;
import org.skep.networks.scuttlebutt.handshake.HandshakeTarget;
import org.skep.networks.scuttlebutt.message.MessageTarget;
import org.skep.networks.scuttlebutt.message.NamesTarget;
import org.skep.networks.scuttlebutt.message.SecretFileTarget;
import org.skep.networks.scuttlebutt.replication.NotesTarget;
import org.skep.networks.scuttlebutt.rpc.FrameTarget;
import org.skep.networks.scuttlebutt.rpc.RequestTarget;
import org.skep.wire.age.SealedFileTarget;

/** One for each decoder. */
public final class Targets {
  private Targets() {}

  /** From the bytes of a line to what a person reads, and what is brought back from files. */
  public static List<Target> all() {
    return List.of(
        new HandshakeTarget(),
        new BoxStreamTarget(),
        new FrameTarget(),
        new RequestTarget(),
        new NotesTarget(),
        new BlobWordsTarget(),
        new JsonTarget(),
        new MessageTarget(),
        new MessageFileTarget(),
        new PrivateBoxTarget(),
        new ContentTarget(),
        new TextTarget(),
        new MarkdownTarget(),
        new PictureTarget(),
        new CborTarget(),
        new OperationTarget(),
        new WordTarget(),
        new NamesTarget(),
        new SecretFileTarget(),
        new SignatureTarget(),
        new ProofTarget(),
        new MultipartTarget(),
        new ParametersTarget(),
        new ConfigTarget(),
        new SealedFileTarget(),
        new ExportedTarget(),
        new ExportListTarget(),
        new PrivateStateTarget());
  }

  public static Optional<Target> named(String name) {
    return all().stream().filter(target -> target.name().equals(name)).findFirst();
  }
}
