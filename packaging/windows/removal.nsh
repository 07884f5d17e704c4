; What the installer and the uninstaller both do; UN is "" or "un.".
!macro BOTH UN

; Ends with 5 while somebody runs the program: Windows lets nobody write to a program that runs.
Function ${UN}StopIfInUse
  again:
  StrCpy $R1 ""
  Push "${PROGRAM}"
  Call ${UN}TryToWrite
  Push "${CONSOLE}"
  Call ${UN}TryToWrite
  ${If} $R1 != ""
    MessageBox MB_ICONEXCLAMATION|MB_RETRYCANCEL "$(IN_USE)" /SD IDCANCEL IDRETRY again
    SetErrorLevel 5
    Abort
  ${EndIf}
FunctionEnd

; Puts the name of the file on the stack into $R1 if it is there and cannot be written to.
Function ${UN}TryToWrite
  Pop $R0
  ${If} ${FileExists} "$INSTDIR\$R0"
    ClearErrors
    FileOpen $R2 "$INSTDIR\$R0" a
    ${If} ${Errors}
      StrCpy $R1 $R0
    ${Else}
      FileClose $R2
    ${EndIf}
  ${EndIf}
FunctionEnd

; What a run that was killed left of the programs.
Function ${UN}DeleteHalfDone
  Delete "$INSTDIR\${PROGRAM}.new"
  Delete "$INSTDIR\${CONSOLE}.new"
  Delete "$INSTDIR\${UNINSTALLER}.new"
FunctionEnd

; Deletes all builds' folders but the one whose name is on the stack.
Function ${UN}DeleteOtherBuilds
  Pop $R5
  FindFirst $R6 $R7 "$INSTDIR\program-*"
  ${DoWhile} $R7 != ""
    ${If} $R7 != $R5
      Push $R7
      Call ${UN}DeleteBuild
    ${EndIf}
    FindNext $R6 $R7
  ${Loop}
  FindClose $R6
FunctionEnd

; Deletes what a build's own list names, and nothing else: files, then folders (ending in "\").
; The list goes last, so that whatever was interrupted can be taken up again.
Function ${UN}DeleteBuild
  Pop $R0
  ClearErrors
  FileOpen $R1 "$INSTDIR\$R0\files.txt" r
  ${IfNot} ${Errors}
    ${Do}
      FileReadUTF16LE $R1 $R2
      ${If} ${Errors}
        ${ExitDo}
      ${EndIf}
      ${TrimNewLines} "$R2" $R2
      StrCpy $R3 $R2 1 -1
      ${If} $R2 == ""
        ${Continue}
      ${ElseIf} $R3 == "\"
        RMDir "$INSTDIR\$R0\$R2"
      ${Else}
        Delete "$INSTDIR\$R0\$R2"
      ${EndIf}
      ClearErrors
    ${Loop}
    FileClose $R1
    ; A file that could not be deleted keeps its folder, and the list for the next time.
    Push "$R0"
    Call ${UN}DeleteListIfAlone
  ${EndIf}
  RMDir "$INSTDIR\$R0"
FunctionEnd

Function ${UN}DeleteListIfAlone
  Pop $R0
  StrCpy $R4 0
  FindFirst $R1 $R2 "$INSTDIR\$R0\*"
  ${DoWhile} $R2 != ""
    ${If} $R2 != "."
    ${AndIf} $R2 != ".."
    ${AndIf} $R2 != "files.txt"
      StrCpy $R4 1
    ${EndIf}
    FindNext $R1 $R2
  ${Loop}
  FindClose $R1
  ${If} $R4 = 0
    Delete "$INSTDIR\$R0\files.txt"
  ${EndIf}
FunctionEnd

!macroend
!insertmacro BOTH ""
!insertmacro BOTH "un."
