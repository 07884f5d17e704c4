"""The rig: builds the Windows program under Wine on Debian, installs it and drives it."""
