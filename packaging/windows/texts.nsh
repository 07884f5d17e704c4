; What the installer says besides NSIS' own words, in both languages.
!macro TEXT NAME ENGLISH GERMAN
  LangString ${NAME} ${LANG_ENGLISH} "${ENGLISH}"
  LangString ${NAME} ${LANG_GERMAN} "${GERMAN}"
!macroend

!insertmacro TEXT IN_USE "${APP} is running, or its files may not be changed by you. \
  Close it, then choose Retry." "${APP} läuft gerade, oder Sie dürfen seine Dateien nicht ändern. \
  Schließen Sie es, und wählen Sie dann Wiederholen."
!insertmacro TEXT TOO_OLD "${APP} needs a 64-bit Windows 10 or newer." \
  "${APP} benötigt Windows 10 oder neuer mit 64 Bit."
!insertmacro TEXT NOT_ADMIN "To install ${APP} for all users, you must be an administrator." \
  "Für alle Benutzer kann ${APP} nur ein Administrator installieren."
!insertmacro TEXT NEWER_THERE "A newer version of ${APP} is installed, $R0. To go back to \
  ${VERSION}, remove it first." "Eine neuere Version von ${APP} ist installiert, $R0. Um zu \
  ${VERSION} zurückzukehren, entfernen Sie sie zuerst."
!insertmacro TEXT NOT_WRITTEN "This file could not be written: $R0$\n$\nWhat was installed before \
  is as it was." "Diese Datei konnte nicht geschrieben werden: $R0$\n$\nWas vorher installiert \
  war, ist unverändert."
!insertmacro TEXT DATA_STAYS "${APP} will be removed. Databases, settings and logs stay \
  where they are." "${APP} wird entfernt. Datenbanken, Einstellungen und Protokolle bleiben, \
  wo sie sind."
