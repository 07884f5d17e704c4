; Where it is installed, and whether it may be there.

Var GivenFolder
Var IsThere

; Called for each way of installing, for one user or for all, when it is chosen. What is installed
; in that way stays in its place, so that there is one copy; else /D says where. The keys' view and
; for whom they are is set by then.
Function ChooseFolder
  StrCpy $IsThere 0
  ReadRegStr $R0 SHCTX "${KEY}" "InstallDir"
  ${If} $R0 != ""
  ${AndIf} ${FileExists} "$R0\${PROGRAM}"
    StrCpy $IsThere 1
    StrCpy $INSTDIR $R0
  ${ElseIf} $GivenFolder != ""
    StrCpy $INSTDIR $GivenFolder
  ${EndIf}
FunctionEnd

; In a folder that holds other things than a run of this a folder of our own is made.
Function TakeOwnFolder
  ${GetFileName} "$INSTDIR" $R0
  ${DirState} "$INSTDIR" $R1
  ${If} $R0 != "${APP}"
  ${AndIf} $R1 = 1
  ${AndIfNot} ${FileExists} "$INSTDIR\program-*"
    StrCpy $INSTDIR "$INSTDIR\${APP}"
  ${EndIf}
FunctionEnd

Function SkipIfThere
  ${If} $IsThere = 1
    Abort
  ${EndIf}
FunctionEnd

; Ends with 6 if what is installed is newer: it may have changed the database already.
Function StopIfNewerThere
  ReadRegStr $R0 SHCTX "${UNINSTALL_KEY}" "DisplayVersion"
  ${If} $IsThere = 1
  ${AndIf} $R0 != ""
    ${VersionCompare} "$R0" "${VERSION}" $R1
    ${If} $R1 = 1
      MessageBox MB_ICONSTOP "$(NEWER_THERE)" /SD IDOK
      SetErrorLevel 6
      Abort
    ${EndIf}
  ${EndIf}
FunctionEnd
