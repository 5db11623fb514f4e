package org.skep.networks.scuttlebutt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultiserverAddressTest {
  private static final String KEY = "M+YZaywYlpGr/qEvHDn7lWMoOrAxSf6/6YkbCGLNWz8=";

  @ParameterizedTest
  @CsvSource({
    "net:192.168.1.7:8008~shs:KEY, 192.168.1.7, 8008",
    "net:pub.example.org:8008~shs:KEY, pub.example.org, 8008",
    "net:fe80!:!:1:8008~shs:KEY, fe80::1, 8008",
    "net:[2001:db8::7]:8009~shs:KEY, 2001:db8::7, 8009",
    "net:2001:db8::7:8009~shs:KEY, 2001:db8::7, 8009",
    "ws://pub.example.org~shs:KEY;net:pub.example.org:8008~shs:KEY, pub.example.org, 8008",
    "net:10.0.0.1:1~noauth;net:10.0.0.2:65535~shs:KEY;net:10.0.0.3:3~shs:KEY, 10.0.0.2, 65535",
    "'  net:10.0.0.1:8008~shs:KEY\n', 10.0.0.1, 8008"
  })
  void theFirstAddressThatCanBeDialledIsRead(String text, String host, int port) {
    MultiserverAddress address = MultiserverAddress.parse(text.replace("KEY", KEY));
    assertEquals(host, address.place().host());
    assertEquals(port, address.place().port());
    assertEquals("@" + KEY + ".ed25519", address.peer().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "net:host:8008",
        "net:host~shs:KEY",
        "net::8008~shs:KEY",
        "net:host:0~shs:KEY",
        "net:host:65536~shs:KEY",
        "net:host:-1~shs:KEY",
        "net:ho st:8008~shs:KEY",
        "net:host:8008~shs:short",
        "net:host:8008~shs:KEY:c2VlZA==",
        "net:host:8008~noauth",
        "tcp:host:8008~shs:KEY",
        "net:host:8008~shs:@KEY.ed25519",
        "host:8008:@KEY.ed25519",
        "net:host:8008~shs:KEY~shs:KEY"
      })
  void whatCantBeDialledIsRefusedInWords(String text) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> MultiserverAddress.parse(text.replace("KEY", KEY)));
    assertEquals(
        "This is not a Scuttlebutt address. One looks like net:192.168.1.7:8008~shs:… with a key"
            + " of 44 characters at its end.",
        refused.getMessage());
  }

  @Test
  void anEndlessTextIsNotLookedAt() {
    String endless = "net:10.0.0.1:8008~shs:" + KEY + ";".repeat(5000);
    assertThrows(IllegalArgumentException.class, () -> MultiserverAddress.parse(endless));
  }

  @ParameterizedTest
  @ValueSource(strings = {"net:192.168.1.7:8008~shs:KEY", "net:2001!:db8!:!:7:8008~shs:KEY"})
  void whatIsWrittenIsReadAgain(String text) {
    String whole = text.replace("KEY", KEY);
    assertEquals(whole, MultiserverAddress.parse(whole).toString());
  }
}
