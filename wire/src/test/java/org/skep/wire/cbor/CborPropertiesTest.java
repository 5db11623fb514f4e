package org.skep.wire.cbor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.upokecenter.cbor.CBOREncodeOptions;
import com.upokecenter.cbor.CBORException;
import com.upokecenter.cbor.CBORObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.skep.kernel.Bytes;

/** Our CBOR held against a library's canonical encoding, which the program itself doesn't use. */
class CborPropertiesTest {
  private static final CBOREncodeOptions CANONICAL =
      new CBOREncodeOptions("ctap2canonical=true;allowduplicatekeys=false");

  @Property(tries = 500)
  void whatWeWriteIsWhatALibraryWrites(@ForAll("values") CBORObject value) throws Exception {
    Bytes theirs = Bytes.wrap(value.EncodeToBytes(CANONICAL));
    assertEquals(theirs, write(value));
    CborReader reader = new CborReader(theirs);
    assertEquals(theirs, reader.item(1 << 16, 16));
    reader.end();
  }

  @Property(tries = 2000)
  void whatWeAcceptALibraryFindsCanonical(@ForAll @Size(max = 24) byte[] noise) {
    Bytes bytes = Bytes.wrap(noise);
    if (accepts(bytes)) {
      CBORObject value = CBORObject.DecodeFromBytes(noise, CANONICAL);
      assertEquals(bytes, Bytes.wrap(value.EncodeToBytes(CANONICAL)));
    }
  }

  @Property(tries = 500)
  void oneChangedByteIsJudgedAsTheLibraryJudgesIt(
      @ForAll("values") CBORObject value, @ForAll int place, @ForAll byte other) {
    byte[] bytes = value.EncodeToBytes(CANONICAL);
    bytes[Math.floorMod(place, bytes.length)] = other;
    if (accepts(Bytes.copyOf(bytes))) {
      assertTrue(libraryAccepts(bytes), () -> Bytes.copyOf(bytes).hex());
    }
  }

  private static boolean accepts(Bytes bytes) {
    try {
      CborReader reader = new CborReader(bytes);
      reader.item(1 << 16, 4);
      reader.end();
      return true;
    } catch (CborException e) {
      return false;
    }
  }

  private static boolean libraryAccepts(byte[] bytes) {
    try {
      CBORObject.DecodeFromBytes(bytes, CANONICAL);
      return true;
    } catch (CBORException e) {
      return false;
    }
  }

  private static Bytes write(CBORObject value) {
    CborWriter writer = new CborWriter();
    switch (value.getType()) {
      case Integer -> writer.unsigned(value.AsInt64Value());
      case ByteString -> writer.bytes(Bytes.copyOf(value.GetByteString()));
      case TextString -> writer.text(value.AsString());
      case Boolean -> writer.bool(value.AsBoolean());
      case SimpleValue -> writer.nil();
      case Array -> {
        writer.array(value.size());
        value.getValues().forEach(item -> writer.item(write(item)));
      }
      case Map -> {
        Map<String, Bytes> entries = new TreeMap<>();
        value.getEntries().forEach(e -> entries.put(e.getKey().AsString(), write(e.getValue())));
        writer.map(entries);
      }
      default -> throw new IllegalArgumentException("not among the values: " + value.getType());
    }
    return writer.toBytes();
  }

  @Provide
  Arbitrary<CBORObject> values() {
    Arbitrary<String> texts =
        Arbitraries.strings().ofMaxLength(20).filter(CborPropertiesTest::isText);
    Arbitrary<CBORObject> scalars =
        Arbitraries.oneOf(
            Arbitraries.longs().greaterOrEqual(0).map(CBORObject::FromObject),
            texts.map(CBORObject::FromObject),
            Arbitraries.bytes().array(byte[].class).ofMaxSize(30).map(CBORObject::FromObject),
            Arbitraries.of(CBORObject.True, CBORObject.False, CBORObject.Null));
    return nested(nested(scalars, texts), texts);
  }

  private static Arbitrary<CBORObject> nested(Arbitrary<CBORObject> items, Arbitrary<String> keys) {
    return Arbitraries.oneOf(
        items,
        items.list().ofMaxSize(5).map(CborPropertiesTest::array),
        Arbitraries.maps(keys, items).ofMaxSize(5).map(CborPropertiesTest::map));
  }

  private static CBORObject array(List<CBORObject> items) {
    CBORObject array = CBORObject.NewArray();
    items.forEach(array::Add);
    return array;
  }

  private static CBORObject map(Map<String, CBORObject> entries) {
    CBORObject map = CBORObject.NewMap();
    entries.forEach(map::Add);
    return map;
  }

  private static boolean isText(String text) {
    return text.codePoints().noneMatch(point -> point >= 0xd800 && point <= 0xdfff);
  }
}
