package org.skep.networks.scuttlebutt.rpc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.skep.wire.json.JsArray;
import org.skep.wire.json.JsNull;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;
import org.skep.wire.json.JsValue;

/**
 * What opens a call or a stream.
 *
 * @param kind absent where a program leaves it out, as {@code muxrpc} does for calls, or where it
 *     says what is no kind
 * @param arguments as many as the bounds of a packet let through
 */
public record RpcRequest(RpcName name, Optional<RpcKind> kind, List<JsValue> arguments) {

  public RpcRequest {
    arguments = List.copyOf(arguments);
  }

  /** The first argument where it is an object; an empty object where it is something else. */
  public JsObject options() {
    return !arguments.isEmpty() && arguments.getFirst() instanceof JsObject object
        ? object
        : JsObject.EMPTY;
  }

  static RpcRequest parse(RpcItem item) throws RpcException {
    if (!(item.json() instanceof JsObject object)) {
      throw new RpcException("a request is an object with name, type and args");
    }
    RpcName name = RpcName.of(object.get("name").orElse(JsNull.NULL));
    if (!(object.get("args").orElse(new JsArray(List.of())) instanceof JsArray(var arguments))) {
      throw new RpcException("invalid request, args should be array");
    }
    return new RpcRequest(name, object.string("type").flatMap(RpcKind::of), arguments);
  }

  RpcItem toItem() {
    LinkedHashMap<String, JsValue> members = new LinkedHashMap<>();
    members.put("name", name.toJson());
    kind.ifPresent(kind -> members.put("type", new JsString(kind.word())));
    members.put("args", new JsArray(arguments));
    return RpcItem.json(new JsObject(members));
  }
}
