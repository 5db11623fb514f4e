package org.skep.networks.scuttlebutt.rpc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skep.kernel.PeerException;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;
import org.skep.wire.json.JsValue;

/**
 * The methods that one connection serves, and the manifest that follows from them. Fixed once it is
 * built; any thread.
 */
public final class RpcMethods {
  /** Serves a call, on a task of its own. */
  @FunctionalInterface
  public interface Call {
    /**
     * @throws RpcException with a sentence for the other side
     */
    JsValue answer(RpcRequest request) throws RpcException, InterruptedException;
  }

  /** Serves a stream, on a task of its own; returning ends the stream. */
  @FunctionalInterface
  public interface Stream {
    /**
     * @throws RpcException ends the stream with a sentence for the other side
     * @throws PeerException when the connection is gone, or shall go
     */
    void serve(RpcRequest request, RpcStream stream)
        throws RpcException, PeerException, InterruptedException;
  }

  /** A method with what serves it. */
  sealed interface Method {
    RpcKind kind();
  }

  record Answering(RpcKind kind, Call call) implements Method {}

  record Streaming(RpcKind kind, Stream stream) implements Method {}

  /** Collects methods. */
  public static final class Builder {
    private final Map<RpcName, Method> methods = new LinkedHashMap<>();

    private Builder() {}

    /** A call that is answered from memory. */
    public Builder sync(String name, Call call) {
      return add(name, new Answering(RpcKind.SYNC, call));
    }

    public Builder async(String name, Call call) {
      return add(name, new Answering(RpcKind.ASYNC, call));
    }

    public Builder source(String name, Stream stream) {
      return add(name, new Streaming(RpcKind.SOURCE, stream));
    }

    public Builder duplex(String name, Stream stream) {
      return add(name, new Streaming(RpcKind.DUPLEX, stream));
    }

    private Builder add(String name, Method method) {
      methods.put(RpcName.of(name), method);
      return this;
    }

    /** The methods, with {@code manifest} itself among them. */
    public RpcMethods build() {
      return new RpcMethods(methods);
    }
  }

  private final Map<RpcName, Method> methods;
  private final JsObject manifest;

  private RpcMethods(Map<RpcName, Method> served) {
    LinkedHashMap<RpcName, Method> all = new LinkedHashMap<>(served);
    all.put(RpcName.of("manifest"), new Answering(RpcKind.SYNC, _ -> manifest()));
    this.methods = all;
    JsObject described = JsObject.EMPTY;
    for (Map.Entry<RpcName, Method> method : all.entrySet()) {
      described = described(described, method.getKey().parts(), method.getValue().kind());
    }
    this.manifest = described;
  }

  private static JsObject described(JsObject into, List<String> name, RpcKind kind) {
    String first = name.getFirst();
    if (name.size() == 1) {
      return into.with(first, new JsString(kind.word()));
    }
    JsObject group =
        into.get(first).orElse(JsObject.EMPTY) instanceof JsObject o ? o : JsObject.EMPTY;
    return into.with(first, described(group, name.subList(1, name.size()), kind));
  }

  public static Builder serving() {
    return new Builder();
  }

  /** Name to kind, nested where a name has several parts. */
  public JsObject manifest() {
    return manifest;
  }

  Optional<Method> find(RpcName name) {
    return Optional.ofNullable(methods.get(name));
  }
}
