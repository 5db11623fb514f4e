package org.skep.kernel;

/** The other side did something it must not, or went away; costs that peer, never this node. */
public class PeerException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason one plain sentence without the peer's own text
   */
  public PeerException(String reason) {
    super(reason);
  }

  public PeerException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
